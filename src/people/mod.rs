//! Everyone, once: names, sealed contacts, consents, erasure.
mod rules;
mod store;

pub use rules::{
    ConsentSource, Contact, ContactKind, Giver, NewContact, NewPerson, Purpose, Sex, contact,
};
pub use store::consents::{ConsentChange, consents, has_consent, record_consent};
pub use store::contacts::{ContactCard, contacts, recipient, verify_contact, with_lookup};
pub use store::people::{PersonCard, claim, erase, find, given_names, insert};
