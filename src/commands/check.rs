//! `giothong check`: what the settings come to, and whether everything they name answers.
use super::{open, say};
use crate::platform::config::{Settings, Transport};
use crate::platform::notices::Mailer;
use anyhow::{Context, bail, ensure};

/// Prints the settings with secrets as stars, then asks the database, the keys and the mail server.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<()> {
    say(&settings.shown()?)?;
    let found = [
        ("database", tables(settings)),
        ("keys", keys(settings).await),
        ("mail", mail(settings).await),
    ];
    let mut troubles = 0;
    for (part, outcome) in found {
        match outcome {
            Ok(words) => say(&format!("{part}: {words}"))?,
            Err(error) => {
                troubles += 1;
                say(&format!("{part}: FAILED: {error:#}"))?;
            }
        }
    }
    ensure!(troubles == 0, "{troubles} of 3 failed");
    Ok(())
}

fn tables(settings: &Settings) -> anyhow::Result<String> {
    let db = open::database(settings)?;
    match db.pending()? {
        0 => Ok(format!("{} answers, tables up to date", db.engine())),
        steps => bail!("the tables are {steps} steps behind; run `giothong migrate`"),
    }
}

async fn keys(settings: &Settings) -> anyhow::Result<String> {
    let keys = open::keys(settings)?;
    let db = open::database(settings).context("there is no database to compare them with")?;
    open::match_keys(&keys, open::fingerprint(&db).await?.as_deref())?;
    Ok("are those the database was filled with".to_owned())
}

async fn mail(settings: &Settings) -> anyhow::Result<String> {
    let mailer = Mailer::new(settings)?;
    let mail = &settings.mail;
    match mail.transport {
        Transport::Folder => Ok(format!("each mail becomes a file in {}", mail.folder)),
        Transport::Memory => Ok("mails go nowhere".to_owned()),
        Transport::Smtp if mailer.answers().await => {
            Ok(format!("{}:{} answers", mail.host, mail.port))
        }
        Transport::Smtp => bail!("{}:{} does not answer", mail.host, mail.port),
    }
}
