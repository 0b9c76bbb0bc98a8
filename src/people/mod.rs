//! Everyone, once: names, sealed contacts, consents, erasure.
mod http;
mod model;
mod rules;
mod store;

pub use http::routes;
pub use model::{
    ConsentSource, Contact, ContactKind, Giver, NewContact, NewPerson, PersonChange, Purpose, Sex,
    contact,
};
pub use store::consents::{self, ConsentChange};
pub use store::contacts::{self, ContactCard};
pub use store::people::{PersonCard, claim, erase, find, given_names, insert, names};
