//! What an operator can ask of the binary: one small file a command.
mod backup;
mod check;
mod demo;
mod import;
mod logging;
mod metrics;
mod migrate;
mod open;
mod openapi;
pub mod progress;
mod serve;
mod transfer;
mod user;

use crate::platform::config::{Environment, Settings};
use clap::{Parser, Subcommand};
use std::io::Write;
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
    /// Make the database and its keys if there are none, and bring the tables up to date.
    Migrate,
    /// Show the settings and ask the database, the keys and the mail server whether all is well.
    Check,
    /// Give roles, show who holds them, take them away.
    User(user::User),
    /// Print the description of the API.
    Openapi,
    /// Copy a SQLite database while it is used.
    Backup(backup::Backup),
    /// Bring a copy of a SQLite database back.
    Restore(backup::Restore),
    /// Move everything from the SQLite database into an empty PostgreSQL one.
    Transfer(transfer::Transfer),
    /// Load the demonstration into an empty database.
    Demo,
    /// Bring lists from other sources in.
    Import(import::Import),
}

impl Command {
    /// Reads the settings and does the task.
    pub fn run(self) -> anyhow::Result<()> {
        let environment = match self.environment.as_str() {
            "production" => Environment::Production,
            "development" => Environment::Development,
            other => anyhow::bail!("no such environment: {other}; development or production"),
        };
        let mut settings = Settings::load(environment, self.config.as_deref())?;
        if matches!(self.task, Task::Demo) {
            // It acts through the service; hundreds of answers are no news.
            settings
                .log
                .filter
                .push_str(",giothong::platform::http=warn");
        }
        logging::start(&settings.log)?;
        actix_web::rt::System::new().block_on(self.task.run(settings))
    }
}

impl Task {
    async fn run(self, settings: Settings) -> anyhow::Result<()> {
        match self {
            Task::Serve(serve) => serve.run(settings).await,
            Task::Migrate => migrate::run(&settings).await,
            Task::Check => check::run(&settings).await,
            Task::User(user) => user.run(settings).await,
            Task::Openapi => openapi::run(),
            Task::Backup(backup) => backup.run(&settings),
            Task::Restore(restore) => restore.run(&settings),
            Task::Transfer(transfer) => transfer.run(settings).await,
            Task::Demo => demo::run(settings).await,
            Task::Import(import) => import.run(settings).await,
        }
    }
}

/// A line for the operator, on standard output.
fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
