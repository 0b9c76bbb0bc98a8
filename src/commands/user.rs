//! `giothong user`: the first administrator, who holds which role, and taking roles away.
use super::{open, say};
use crate::accounts::{GrantId, NewGrant, Place, operator};
use crate::organisations::{self, NewOrganisation, OrganisationKind};
use crate::people::{self, Contact, Giver, NewPerson};
use crate::platform::App;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, say as word};
use crate::platform::problem::{Kind, Problem};
use crate::platform::seal::Keys;
use crate::platform::text::{Email, PersonName};
use anyhow::{Context, anyhow, ensure};
use clap::{Args, Subcommand};
use std::io::BufRead;

/// Manages who holds which role.
#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Give somebody a role and a password.
    Add(Add),
    /// Show who holds which role.
    List,
    /// Take every role and the password from somebody, and sign them out.
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Add {
    /// The full name.
    #[arg(long, value_parser = |raw: &str| PersonName::parse(raw).map_err(english))]
    name: PersonName,
    /// The mail address to sign in with.
    #[arg(long, value_parser = |raw: &str| Email::parse(raw).map_err(english))]
    email: Email,
    /// `club_lead`, `drive_staff`, nurse, hospital, coordinator, auditor or admin.
    #[arg(long, value_parser = |raw: &str| Role::parse(raw).ok_or("no such role"))]
    role: Role,
    /// Id or official code of the body it holds on; without it the one at the top, which is made if there is none.
    #[arg(long)]
    organisation: Option<String>,
    /// Read the password from standard input instead of asking for it.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct Revoke {
    /// The mail address they sign in with.
    #[arg(long, value_parser = |raw: &str| Email::parse(raw).map_err(english))]
    email: Email,
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "stands in `map_err`, which gives it away"
)]
fn english(phrase: Phrase) -> String {
    word(Language::En, &phrase)
}

impl User {
    pub(super) async fn run(self, settings: Settings) -> anyhow::Result<()> {
        let app = open::app(settings).await?;
        match self.task {
            Task::Add(add) => add.run(&app).await,
            Task::List => list(&app).await,
            Task::Revoke(revoke) => revoke.run(&app).await,
        }
    }
}

/// Everything `add` writes, made before the database is asked.
struct Adding {
    contact: Contact,
    lookup: String,
    person: NewPerson,
    role: Role,
    named: Option<String>,
    top: NewOrganisation,
    grant: GrantId,
    hash: String,
}

impl Add {
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let password = password(self.password_stdin)?;
        let hashed = operator::hash_password(app, &password).await;
        let hash = hashed
            .map_err(open::reason)?
            .map_err(|phrase| anyhow!(english(phrase)))?;
        let (adding, keys) = (self.prepare(app, hash), app.keys.clone());
        let (who, role) = (adding.person.name.clone(), adding.role);
        let write = app.db.write(move |conn| adding.write(conn, &keys));
        write.await.map_err(said)?;
        say(&format!("{} is now {}", who.as_str(), role.as_str()))
    }

    fn prepare(self, app: &App, hash: String) -> Adding {
        let contact = Contact::Email(self.email);
        let (site, national) = (app.settings.site.name.clone(), OrganisationKind::National);
        Adding {
            lookup: contact.lookup(&app.keys),
            person: NewPerson {
                id: app.id(),
                name: self.name,
                birth_date: None,
                sex: None,
                language: Language::Vi,
                commune: None,
                coordinates: None,
                citizen_lookup: None,
                contacts: vec![people::contact(app, &contact, Giver::Themself)],
                created_at: app.now(),
            },
            contact,
            role: self.role,
            named: self.organisation,
            top: NewOrganisation::named(app.id(), national, site, None),
            grant: app.id(),
            hash,
        }
    }
}

impl Adding {
    fn write(&self, conn: &mut Conn, keys: &Keys) -> Result<(), Problem> {
        let body = self.body(conn)?;
        let person = self.person(conn, keys)?;
        let grant = NewGrant {
            id: self.grant,
            person,
            role: self.role,
            place: Place::Organisation(body),
            until: None,
            granted_by: None,
            at: self.person.created_at,
        };
        Ok(operator::add(conn, &grant, &self.lookup, &self.hash)?)
    }

    fn body(&self, conn: &mut Conn) -> Result<OrganisationId, Problem> {
        if let Some(body) = operator::body(conn, self.named.as_deref())? {
            return Ok(body);
        }
        if self.named.is_some() {
            return Err((&Kind::NOT_FOUND).into());
        }
        organisations::insert(
            conn,
            std::slice::from_ref(&self.top),
            self.person.created_at,
        )?;
        Ok(self.top.id)
    }

    fn person(&self, conn: &mut Conn, keys: &Keys) -> Result<PersonId, Problem> {
        let Contact::Email(email) = &self.contact else {
            return Err((&Kind::NOT_FOUND).into());
        };
        match operator::find(conn, keys, email)?.as_slice() {
            [known] => Ok(*known),
            [] => {
                people::insert(conn, &self.person)?;
                Ok(self.person.id)
            }
            _ => Err((&Kind::ALREADY_EXISTS).into()),
        }
    }
}

/// What an operator is told of a refusal.
fn said(problem: Problem) -> anyhow::Error {
    match problem.kind().slug {
        "not-found" => anyhow!("there is no body with this id or code"),
        "already-exists" => {
            anyhow!("several people share this mail address; give them their own first")
        }
        _ => open::reason(problem),
    }
}

fn password(from_input: bool) -> anyhow::Result<String> {
    if from_input {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first =
        rpassword::prompt_password("Password: ").context("no terminal; use --password-stdin")?;
    let again = rpassword::prompt_password("Once more: ")?;
    ensure!(first == again, "the two are not the same");
    Ok(first)
}

async fn list(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let read = app.db.read(move |conn| operator::list(conn, now));
    for holder in read.await.map_err(open::reason)? {
        let place = match holder.place {
            Some(Place::Organisation(id)) => format!("organisation {id}"),
            Some(Place::Drive(id)) => format!("drive {id}"),
            None => String::new(),
        };
        say(&format!(
            "{}\t{}\t{}\t{place}",
            holder.person,
            holder.name,
            holder.role.as_str()
        ))?;
    }
    Ok(())
}

impl Revoke {
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let (keys, now) = (app.keys.clone(), app.now());
        let write = app.db.write(move |conn| {
            let known = operator::find(conn, &keys, &self.email)?;
            let mut ended = 0;
            for person in &known {
                ended += operator::revoke(conn, *person, now)?;
            }
            Ok::<_, Problem>((known.len(), ended))
        });
        let (people, roles) = write.await.map_err(open::reason)?;
        ensure!(people > 0, "nobody signs in with this address");
        say(&format!("{roles} roles ended"))
    }
}
