//! Everyone, once: names, sealed contacts, consents, erasure.
mod store;

pub use store::recipient;
