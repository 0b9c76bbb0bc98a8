//! What is written down while the service works: one line an event, on standard error, no personal data.
use crate::platform::config::{Log, LogFormat};
use anyhow::Context;
use tracing_subscriber::EnvFilter;

/// Begins to write as the settings say; once a process.
pub(super) fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)
        .with_context(|| format!("log.filter cannot be read: {}", log.filter))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match log.format {
        LogFormat::Json => lines.json().flatten_event(true).with_ansi(false).try_init(),
        LogFormat::Text => lines.try_init(),
    }
    .map_err(anyhow::Error::from_boxed)
}
