//! The values people type everywhere: names, contacts, notes, days and places, checked once and trusted after.

mod birth;
mod contact;
mod coordinates;
mod invalid;
mod words;

pub use birth::BirthDate;
pub use contact::{Email, Phone};
pub use coordinates::Coordinates;
pub use invalid::{FieldError, Invalid, Noted};
pub use words::{Line, Note, PersonName};
