//! One's own entry, over HTTP.
use super::model::{ContactKind, Sex};
use super::rules::{self, Filled};
use super::store::contacts::{self, ContactCard};
use super::store::people::{self, PersonCard};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::Routes;
use crate::platform::http::{Body, DonorCaller, Grant, Problems, Role};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::seal::Keys;
use actix_web::web::{Data, Json};
use actix_web::{get, patch};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The operations of people.
pub fn routes(config: &mut Routes<'_, '_>) {
    config.service(show_me).service(change_me);
}

/// One's own entry.
#[derive(Debug, Serialize, ToSchema)]
struct MeView {
    id: PersonId,
    name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    language: Language,
    commune: Option<OrganisationId>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    contacts: Vec<ContactView>,
    /// What one may do beside giving blood.
    roles: Vec<RoleView>,
}

/// How one is reached.
#[derive(Debug, Serialize, ToSchema)]
struct ContactView {
    kind: ContactKind,
    value: String,
    /// Whether a code sent to it came back.
    is_verified: bool,
}

/// A role one holds.
#[derive(Debug, Serialize, ToSchema)]
struct RoleView {
    role: Role,
    /// The body under which it holds.
    organisation: Option<OrganisationId>,
    /// The drive for which it holds.
    drive: Option<DriveId>,
}

impl From<ContactCard> for ContactView {
    fn from(card: ContactCard) -> Self {
        Self {
            kind: card.kind,
            value: card.value,
            is_verified: card.verified_at.is_some(),
        }
    }
}

impl From<&Grant> for RoleView {
    fn from(grant: &Grant) -> Self {
        Self {
            role: grant.role,
            organisation: grant.organisation,
            drive: grant.drive,
        }
    }
}

impl MeView {
    fn of((card, contacts): (PersonCard, Vec<ContactCard>), grants: &[Grant]) -> Self {
        Self {
            id: card.id,
            name: card.name,
            birth_date: card.birth_date,
            sex: card.sex,
            language: card.language,
            commune: card.commune,
            latitude: card
                .coordinates
                .map(crate::platform::text::Coordinates::latitude),
            longitude: card
                .coordinates
                .map(crate::platform::text::Coordinates::longitude),
            contacts: contacts.into_iter().map(ContactView::from).collect(),
            roles: grants.iter().map(RoleView::from).collect(),
        }
    }
}

/// A person with how they are reached.
fn entry(
    conn: &mut Conn,
    keys: &Keys,
    id: PersonId,
) -> Result<(PersonCard, Vec<ContactCard>), Problem> {
    Ok((people::find(conn, id)?, contacts::list(conn, keys, id)?))
}

/// Show one's own entry, contacts and roles.
#[utoipa::path(tag = "people", responses((status = 200, body = MeView), Problems))]
#[get("/me")]
async fn show_me(app: Data<App>, caller: DonorCaller) -> Result<Json<MeView>, Problem> {
    let (person, keys) = (caller.person(), app.keys.clone());
    let read = app.db.read(move |conn| entry(conn, &keys, person));
    Ok(Json(MeView::of(read.await?, caller.grants())))
}

/// What one says anew of oneself; what is left out stays. Contacts have a path of their own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeRequest {
    #[schema(max_length = 100)]
    name: Option<String>,
    #[schema(format = Date)]
    birth_date: Option<String>,
    sex: Option<Sex>,
    language: Option<Language>,
    commune: Option<OrganisationId>,
    /// About where one lives; with `longitude`.
    #[schema(minimum = -90, maximum = 90)]
    latitude: Option<f64>,
    /// With `latitude`.
    #[schema(minimum = -180, maximum = 180)]
    longitude: Option<f64>,
}

/// Change one's own entry.
#[utoipa::path(tag = "people", request_body = MeRequest, responses((status = 200, body = MeView), Problems))]
#[patch("/me")]
async fn change_me(
    app: Data<App>,
    caller: DonorCaller,
    body: Body<MeRequest>,
) -> Result<Json<MeView>, Problem> {
    let change = rules::change(&body.value.into(), app.today())?;
    let (person, keys) = (caller.person(), app.keys.clone());
    let after = (app.hooks.person_changed)(&app, person)?;
    let write = app.db.write(move |conn| {
        if let Some(commune) = change.commune {
            check_commune(conn, commune)?;
        }
        people::update(conn, person, &change)?;
        after(conn)?;
        entry(conn, &keys, person)
    });
    Ok(Json(MeView::of(write.await?, caller.grants())))
}

fn check_commune(conn: &mut Conn, commune: OrganisationId) -> Result<(), Problem> {
    if people::is_commune(conn, commune)? {
        Ok(())
    } else {
        Err(Problem::field(
            "commune",
            Phrase::new(keys::FIELD_NOT_AN_ID),
        ))
    }
}

impl From<MeRequest> for Filled {
    fn from(request: MeRequest) -> Self {
        Self {
            name: request.name,
            birth_date: request.birth_date,
            sex: request.sex,
            language: request.language,
            commune: request.commune,
            latitude: request.latitude,
            longitude: request.longitude,
        }
    }
}
