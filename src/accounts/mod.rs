//! Who may come in, and what they may do: sign-ins, codes, grants on parts of the tree, the log of looks.
mod store;

pub use store::standing;
