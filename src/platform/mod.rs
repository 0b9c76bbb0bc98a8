//! What every subject stands on; knows nothing about blood.
pub mod language;
pub mod text;
