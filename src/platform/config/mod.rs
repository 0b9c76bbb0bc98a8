//! Settings: one file explains them all, environment variables have the last word.
mod calls;
mod rare;
mod secret;
mod sections;
mod sending;

use anyhow::{Context, bail};
pub use calls::{Calls, Waves};
use figment::Figment;
use figment::providers::{Env, Format, Toml};
pub use rare::RhNegative;
pub use secret::Secret;
pub use sections::{
    Accounts, Database, Eligibility, Environment, Jobs, KeyPlace, Limits, Log, LogFormat,
    Registrations, Reminders, Server, Settings, Site, Watch,
};
pub use sending::{
    Dkim, Encryption, Gateway, Mail, Notices, Outward, OutwardWay, PerWeek, Push, Template,
    Transport,
};
use std::path::Path;

const DEFAULT: &str = include_str!("../../../config/default.toml");
const DEVELOPMENT: &str = include_str!("../../../config/development.toml");
const PRODUCTION: &str = include_str!("../../../config/production.toml");

impl Settings {
    /// The defaults alone, as the tests start from.
    pub fn defaults() -> anyhow::Result<Self> {
        Ok(Figment::from(Toml::string(DEFAULT)).extract()?)
    }

    /// Defaults, then the environment's file, then `file`, then `GIOTHONG__SECTION__KEY`. Unknown keys are errors.
    pub fn load(environment: Environment, file: Option<&Path>) -> anyhow::Result<Self> {
        let by_environment = match environment {
            Environment::Production => PRODUCTION,
            Environment::Development | Environment::Test => DEVELOPMENT,
        };
        let mut figment = Figment::from(Toml::string(DEFAULT)).merge(Toml::string(by_environment));
        if let Some(file) = file {
            anyhow::ensure!(
                file.is_file(),
                "there is no settings file {}",
                file.display()
            );
            figment = figment.merge(Toml::file(file));
        }
        let figment = figment.merge(Env::prefixed("GIOTHONG__").split("__"));
        let mut settings: Self = figment.extract().context("the settings cannot be read")?;
        settings.mail.password =
            secret::from_file(&settings.mail.password, &settings.mail.password_file)?;
        settings.gateway.secret =
            secret::from_file(&settings.gateway.secret, &settings.gateway.secret_file)?;
        settings.check()?;
        Ok(settings)
    }

    /// All of them as they stand in a settings file, with secrets as stars: for the operator.
    pub fn shown(&self) -> anyhow::Result<String> {
        let mut shown = self.clone();
        shown.database.url = without_password(&self.database.url);
        Ok(toml::to_string(&shown)?)
    }

    fn check(&self) -> anyhow::Result<()> {
        if self.site.public_url.ends_with('/') {
            bail!("site.public_url must not end with a slash");
        }
        if self.environment == Environment::Production {
            if self.mail.transport != Transport::Smtp {
                bail!("production needs mail.transport = \"smtp\"");
            }
            if !self.site.public_url.starts_with("https://") {
                bail!("production needs an https site.public_url");
            }
            if self.clock.ahead_seconds != 0 {
                bail!("production needs clock.ahead_seconds = 0");
            }
        }
        Ok(())
    }
}

/// `postgres://user:***@host/name`.
fn without_password(url: &str) -> String {
    let hidden = url.split_once("://").and_then(|(scheme, rest)| {
        let (user, place) = rest.rsplit_once('@')?;
        let (name, _password) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:***@{place}"))
    });
    hidden.unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_shown() {
        let mut settings = Settings::defaults().unwrap();
        settings.database.url = "postgres://gh:sesame@db/giothong".to_owned();
        settings.mail.password = Secret::new("sesame".to_owned());
        settings.keys.content = Secret::new("sesame".to_owned());
        let shown = settings.shown().unwrap();
        assert!(shown.contains("postgres://gh:***@db/giothong"), "{shown}");
        assert!(!shown.contains("sesame"), "{shown}");
        assert_eq!(without_password("sqlite:a.db"), "sqlite:a.db");
    }

    #[test]
    fn the_defaults_are_complete_and_every_key_is_explained() {
        Settings::defaults().unwrap();
        let mut explained = false;
        for line in DEFAULT.lines() {
            let is_key = line.contains(" = ");
            assert!(!is_key || explained, "no comment above: {line}");
            explained = line.starts_with('#') || (explained && is_key);
        }
    }

    #[test]
    fn production_refuses_to_write_mails_into_a_folder() {
        let mut settings = Settings::defaults().unwrap();
        settings.environment = Environment::Production;
        assert!(settings.check().is_err());
    }

    #[test]
    fn production_refuses_a_clock_that_is_ahead() {
        let mut settings = Settings::defaults().unwrap();
        settings.environment = Environment::Production;
        settings.mail.transport = Transport::Smtp;
        settings.site.public_url = "https://giothong.example".to_owned();
        assert!(settings.check().is_ok());
        settings.clock.ahead_seconds = 1;
        assert!(settings.check().is_err());
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let figment =
            Figment::from(Toml::string(DEFAULT)).merge(Toml::string("[mail]\nhots = 'x'"));
        assert!(figment.extract::<Settings>().is_err());
    }
}
