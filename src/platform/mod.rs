//! What every subject stands on; knows nothing about blood.
pub mod fold;
pub mod language;
pub mod seal;
pub mod text;
