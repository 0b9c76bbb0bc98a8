//! Reads the settings and runs one command.
use clap::Parser;
use giothong::commands::Command;

fn main() -> anyhow::Result<()> {
    Command::parse().run()
}
