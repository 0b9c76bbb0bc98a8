//! `giothong openapi`.
use super::say;
use crate::app;

/// Prints the description of the API.
pub(super) fn run() -> anyhow::Result<()> {
    say(&app::openapi().to_pretty_json()?)
}
