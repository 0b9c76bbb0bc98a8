//! What a club's lead says by word of mouth: who may give, a text to paste for each and for the group, ticked off when done.
use super::covered;
use crate::donors::actions::relay::{Digest, Line, Tick, digest, tick};
use crate::organisations;
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, ClubLead, Path, Problems, Role, Routes};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(show_relay).service(tick_relay);
}

/// Today's list for a club's lead.
#[derive(Debug, Serialize, ToSchema)]
struct RelayView {
    on: NaiveDate,
    /// For the club's group; names nobody.
    group_text: String,
    /// Those who may give today, and those for whom a message waits; who is not done first.
    people: Vec<RelayPersonView>,
}

/// One of the club's people.
#[derive(Debug, Serialize, ToSchema)]
struct RelayPersonView {
    person: PersonId,
    name: String,
    /// A message to them found no other way.
    is_waiting: bool,
    /// Ready to paste into a chat.
    text: String,
    done_at: Option<Moment>,
}

/// Who speaks, and where their words lead.
struct Voice {
    lead: String,
    sender: String,
    home: String,
}

impl RelayView {
    fn of(digest: Digest, voice: &Voice, on: NaiveDate) -> Self {
        // A club writes to its people in Vietnamese, whatever its lead reads.
        let words = |phrase: Phrase, link: &str| {
            let from = phrase.with("lead", voice.lead.as_str());
            let phrase = from.with("sender", voice.sender.as_str());
            say(Language::Vi, &phrase.with("link", link))
        };
        let person = |line: Line| {
            let link = line.said.as_ref().and_then(|said| said.link.clone());
            let text = text(&line).with("name", line.given_name);
            RelayPersonView {
                text: words(text, link.as_deref().unwrap_or(&voice.home)),
                person: line.person,
                name: line.name,
                is_waiting: line.is_waiting,
                done_at: line.done_at,
            }
        };
        Self {
            on,
            group_text: words(keys::RELAY_GROUP.into(), &voice.home),
            people: digest.lines.into_iter().map(person).collect(),
        }
    }
}

/// The message that waits, in a sentence; else that they may give again.
fn text(line: &Line) -> Phrase {
    let said = line.said.as_ref();
    match said.and_then(|said| said.body.clone().or_else(|| said.title.clone())) {
        Some(said) => Phrase::new(keys::RELAY_MESSAGE).with("said", said),
        None => Phrase::new(keys::RELAY_PERSON),
    }
}

/// Show whom to speak to today, with texts to paste. Numbers come by `POST /people/{id}/contact-reveals`, one by one.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path)), responses((status = 200, body = RelayView), Problems))]
#[get("/organisations/{id}/relay")]
async fn show_relay(
    app: Data<App>,
    caller: ClubLead,
    path: Path<OrganisationId>,
) -> Result<Json<RelayView>, Problem> {
    let (club, today, now) = (path.0, app.today(), app.now());
    let (bodies, lead) = (caller.bodies(Role::ClubLead), caller.person());
    let home = app.link("/app/drives");
    let read = app.db.read(move |conn| {
        covered(conn, &bodies, club)?;
        let names = people::given_names(conn, &[lead])?;
        let voice = Voice {
            lead: names.into_iter().map(|(_, name)| name).collect(),
            sender: organisations::brand(conn, club)?,
            home,
        };
        Ok::<_, Problem>((digest(conn, club, (today, now))?, voice))
    });
    let (digest, voice) = read.await?;
    Ok(Json(RelayView::of(digest, &voice, today)))
}

/// Whether somebody was spoken to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RelayTickRequest {
    done: bool,
}

/// Tick somebody off, or take the tick back; by whom and when is kept.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path), ("person" = PersonId, Path)), request_body = RelayTickRequest, responses((status = 204), Problems))]
#[put("/organisations/{id}/relay/{person}")]
async fn tick_relay(
    app: Data<App>,
    caller: ClubLead,
    path: Path<(OrganisationId, PersonId)>,
    body: Body<RelayTickRequest>,
) -> Result<HttpResponse, Problem> {
    let club = path.0.0;
    let done_by = body.value.done.then(|| caller.person());
    let new = Tick::new(&app, path.0, app.now());
    let bodies = caller.bodies(Role::ClubLead);
    let write = app.db.write(move |conn| {
        covered(conn, &bodies, club)?;
        tick(conn, &new, done_by)
    });
    write.await?;
    Ok(HttpResponse::NoContent().finish())
}
