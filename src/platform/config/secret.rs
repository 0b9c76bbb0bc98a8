//! Values that never show themselves.
use anyhow::Context;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// A value whose `Debug` is stars.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Hides `value`.
    pub fn new(value: T) -> Self {
        Self(value)
    }
    /// The value itself, for the one place that needs it.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("***")
    }
}

/// The secret itself, or what stands in `file` if one is named.
pub(super) fn from_file(given: &Secret<String>, file: &str) -> anyhow::Result<Secret<String>> {
    if file.is_empty() {
        return Ok(given.clone());
    }
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the secret file {file}"))?;
    Ok(Secret::new(text.trim().to_owned()))
}
