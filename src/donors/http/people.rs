//! Finding people by name, and looking up how they are reached.
use super::members::{MemberView, NameKey};
use super::queries::PeopleQuery;
use super::{scope, within};
use crate::accounts::{self, Access, Act, Reveal};
use crate::donors::model::Member;
use crate::donors::store;
use crate::people::{ContactCard, ContactKind};
use crate::platform::App;
use crate::platform::fold::fold;
use crate::platform::http::Routes;
use crate::platform::http::{Body, DonorCaller, Page, Paged, Path, Problems, Query, Role};
use crate::platform::id::PersonId;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use actix_web::web::{Data, Json};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(search_people).service(reveal_contacts);
}

/// Who may look for people and act for them.
const STAFF: [Role; 2] = [Role::ClubLead, Role::DriveStaff];

/// Find people of my clubs by name. Each one shown can later see who found them.
#[utoipa::path(tag = "donors", params(PeopleQuery), responses((status = 200, body = Paged<MemberView>), Problems))]
#[get("/people")]
async fn search_people(
    app: Data<App>,
    caller: DonorCaller,
    query: Query<PeopleQuery>,
) -> Result<Json<Paged<MemberView>>, Problem> {
    let scope = scope(&caller, &STAFF)?;
    let page: Page<NameKey> = Page::of(query.0.limit, query.0.after.as_deref())?;
    let (words, asked) = (words(&query.0.q)?, (page.after.clone(), page.reach()));
    let found = app
        .db
        .read(move |conn| store::search(conn, &scope.bodies, &words, asked))
        .await?;
    let page = page.cut(found, |member| (member.search_name.clone(), member.person));
    let looks = looks(&app, caller.person(), &page.items);
    app.db
        .write(move |conn| {
            looks
                .iter()
                .try_for_each(|look| accounts::record_access(conn, look))
        })
        .await?;
    Ok(Json(page.map(MemberView::on(app.today()))))
}

/// Folded letters and digits only, so that nothing typed is a pattern.
fn words(raw: &str) -> Result<String, Invalid> {
    let mut invalid = Invalid::default();
    let line = invalid.take("q", Line::parse(raw, 100));
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == ' ';
    let words = line.map(|line| {
        fold(line.as_str())
            .chars()
            .filter(is_plain)
            .collect::<String>()
    });
    if words.as_ref().is_ok_and(|words| words.trim().len() < 2) {
        invalid.refuse("q", Phrase::new(keys::FIELD_TOO_SHORT).with("min", 2));
    }
    invalid.build(|| words)
}

fn looks(app: &App, actor: PersonId, found: &[Member]) -> Vec<Access> {
    let look = |member: &Member| Access {
        id: app.id(),
        actor,
        person: member.person,
        act: Act::Opened,
        reason: None,
        at: app.now(),
    };
    found.iter().map(look).collect()
}

/// Why somebody's contacts are needed; the person reads it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactRevealRequest {
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// How a person is reached.
#[derive(Debug, Serialize, ToSchema)]
struct ContactsView {
    items: Vec<KnownContactView>,
}

/// One address or number.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KnownContactView {
    kind: ContactKind,
    value: String,
    /// `tel:` or `mailto:`, to tap.
    link: String,
}

impl From<ContactCard> for KnownContactView {
    fn from(card: ContactCard) -> Self {
        let scheme = match card.kind {
            ContactKind::Email => "mailto",
            ContactKind::Phone => "tel",
        };
        Self {
            link: format!("{scheme}:{}", card.value),
            kind: card.kind,
            value: card.value,
        }
    }
}

/// Look up how somebody is reached. It is written down, and they are told.
#[utoipa::path(tag = "donors", params(("id" = PersonId, Path)), request_body = ContactRevealRequest, responses((status = 200, body = ContactsView), Problems))]
#[post("/people/{id}/contact-reveals")]
async fn reveal_contacts(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<PersonId>,
    body: Body<ContactRevealRequest>,
) -> Result<Json<ContactsView>, Problem> {
    let (scope, reason) = (scope(&caller, &STAFF)?, reason(&body.value.reason)?);
    let reveal = Reveal::new(&app, caller.person(), path.0, reason);
    let keys = app.keys.clone();
    let cards = app
        .db
        .write(move |conn| {
            within(conn, &scope, path.0)?;
            accounts::reveal(conn, &keys, &reveal)
        })
        .await?;
    let items = cards.into_iter().map(KnownContactView::from).collect();
    Ok(Json(ContactsView { items }))
}

fn reason(raw: &str) -> Result<String, Invalid> {
    let mut invalid = Invalid::default();
    let reason = invalid.take("reason", Line::parse(raw, 200));
    invalid.build(|| Ok(reason?.into()))
}
