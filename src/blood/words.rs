//! What is said of a word that none of our lists has.

/// A word that is none of those a stored or sent value may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no {expected}")]
pub struct UnknownWord {
    /// What the word should have been, in English: `blood group`, `component`.
    pub expected: &'static str,
}
