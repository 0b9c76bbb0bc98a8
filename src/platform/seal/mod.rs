//! Keeps contacts and other private answers unreadable to whoever has only a copy of the database.

mod file;
mod keys;
mod mac;

pub use file::KeysError;
pub use keys::{Keys, SealBroken, Sealed};
