//! What an operator can ask of the binary: one small file a command.
mod migrate;
mod open;
mod serve;

use crate::platform::config::{Environment, Settings};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Runs voluntary blood-donation drives.
#[derive(Debug, Parser)]
#[command(name = "giothong", version, about)]
pub struct Command {
    /// A settings file, over the defaults and the environment's.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// development or production: whose settings lie over the defaults.
    #[arg(
        long,
        global = true,
        env = "GIOTHONG_ENVIRONMENT",
        default_value = "development"
    )]
    environment: String,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Serve the API and the web app, and do the work in the background.
    Serve(serve::Serve),
    /// Make the database if there is none, and bring its tables up to date.
    Migrate,
}

impl Command {
    /// Reads the settings and does the task.
    pub fn run(self) -> anyhow::Result<()> {
        let environment = match self.environment.as_str() {
            "production" => Environment::Production,
            "development" => Environment::Development,
            other => anyhow::bail!("no such environment: {other}; development or production"),
        };
        let settings = Settings::load(environment, self.config.as_deref())?;
        match self.task {
            Task::Serve(serve) => serve.run(settings),
            Task::Migrate => migrate::run(&settings),
        }
    }
}
