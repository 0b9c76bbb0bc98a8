//! Reads the settings and runs one command.
use clap::Parser;
use giothong::commands::Command;

fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_env_filter("info").init();
    Command::parse().run()
}
