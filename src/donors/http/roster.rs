//! A club's reserve: who stands by for it, and whether that covers a night.
use super::covered;
use super::queries::RosterQuery;
use super::reserve::{kilometres, months};
use crate::blood::BloodGroup;
use crate::donors::actions;
use crate::donors::model::Pledge;
use crate::donors::rules::{Cover, Place, cover};
use crate::donors::store::{self, Listed};
use crate::organisations;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::Routes;
use crate::platform::http::{Body, ClubLead, Page, Paged, Path, Problems, Query, Role};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::Problem;
use crate::platform::text::{Coordinates, Invalid};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(show_cover)
        .service(list_roster)
        .service(put_on_roster)
        .service(take_off_roster);
}

/// Show whether those who stand by for a body, or for one below it, cover this night, by group; and which groups do not.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path)), responses((status = 200, body = Cover), Problems))]
#[get("/organisations/{id}/reserve")]
async fn show_cover(
    app: Data<App>,
    caller: ClubLead,
    path: Path<OrganisationId>,
) -> Result<Json<Cover>, Problem> {
    let bodies = caller.bodies(Role::ClubLead);
    let calls = &app.settings.calls;
    let (today, near_km, least) = (app.today(), calls.near_km, calls.reserve_cover);
    let counted = app.db.read(move |conn| {
        covered(conn, &bodies, path.0)?;
        let reserved = store::reserved(conn, path.0)?;
        let place = Place {
            at: place_of(conn, path.0)?,
            near_km,
            today,
        };
        Ok::<_, Problem>(cover(&reserved, &place, least))
    });
    Ok(Json(counted.await?))
}

fn place_of(conn: &mut Conn, body: OrganisationId) -> Result<Option<Coordinates>, Problem> {
    let body = organisations::find(conn, body)?;
    let place = body.latitude.zip(body.longitude);
    Ok(place.and_then(|(north, east)| Coordinates::parse(north, east).ok()))
}

/// Somebody who stands by.
#[derive(Debug, Serialize, ToSchema)]
struct StandbyView {
    person: PersonId,
    name: String,
    blood_group: Option<BloodGroup>,
    /// The commune they live in, by name.
    commune: Option<String>,
    max_km: i32,
    nights: bool,
    /// 1 to 12.
    months: Vec<u32>,
    tested_on: Option<NaiveDate>,
}

impl From<Listed> for StandbyView {
    fn from((_, name, blood_group, commune, pledge): Listed) -> Self {
        Self {
            person: pledge.person,
            name,
            blood_group,
            commune,
            max_km: pledge.max_km,
            nights: pledge.nights,
            months: pledge.months.list(),
            tested_on: pledge.tested_on,
        }
    }
}

/// List who stands by for a club, by name.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path), RosterQuery), responses((status = 200, body = Paged<StandbyView>), Problems))]
#[get("/organisations/{id}/reserve/members")]
async fn list_roster(
    app: Data<App>,
    caller: ClubLead,
    path: Path<OrganisationId>,
    query: Query<RosterQuery>,
) -> Result<Json<Paged<StandbyView>>, Problem> {
    let page = Page::<(String, PersonId)>::of(query.0.limit, query.0.after.as_deref())?;
    let bodies = caller.bodies(Role::ClubLead);
    let only = (query.0.blood_group, query.0.commune);
    let asked = (page.after.clone(), page.reach());
    let read = app.db.read(move |conn| {
        covered(conn, &bodies, path.0)?;
        Ok::<_, Problem>(store::roster(conn, path.0, only, asked)?)
    });
    let page = page.cut(read.await?, |(key, .., pledge)| {
        (key.clone(), pledge.person)
    });
    Ok(Json(page.map(StandbyView::from)))
}

/// How somebody stands by, as the club knows it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RosterRequest {
    /// How far they would go.
    #[schema(minimum = 1, maximum = 500)]
    max_km: i32,
    /// Whether they may be asked at night.
    nights: bool,
    /// In which months, 1 to 12; left out: in all.
    #[schema(min_items = 1, max_items = 12)]
    months: Option<Vec<u32>>,
    /// When their blood was last tested beforehand.
    tested_on: Option<NaiveDate>,
}

impl RosterRequest {
    fn pledge(self, club: OrganisationId, person: PersonId) -> Result<Pledge, Invalid> {
        let mut invalid = Invalid::default();
        let km = invalid.take("max_km", kilometres(self.max_km));
        let months = invalid.take("months", months(self.months.as_deref()));
        invalid.build(|| {
            Ok(Pledge {
                club,
                person,
                max_km: km?,
                nights: self.nights,
                months: months?,
                tested_on: self.tested_on,
            })
        })
    }
}

/// Put a member who agreed to be called on the club's reserve, or change what stands there.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path), ("person" = PersonId, Path)), request_body = RosterRequest, responses((status = 204), Problems))]
#[put("/organisations/{id}/reserve/members/{person}")]
async fn put_on_roster(
    app: Data<App>,
    caller: ClubLead,
    path: Path<(OrganisationId, PersonId)>,
    body: Body<RosterRequest>,
) -> Result<HttpResponse, Problem> {
    let (club, person) = path.0;
    let pledge = body.value.pledge(club, person)?;
    let (bodies, stamp) = (caller.bodies(Role::ClubLead), (caller.person(), app.now()));
    let kept = app.db.write(move |conn| {
        covered(conn, &bodies, club)?;
        actions::put_on_roster(conn, &pledge, stamp)
    });
    kept.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take somebody off the club's reserve.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path), ("person" = PersonId, Path)), responses((status = 204), Problems))]
#[delete("/organisations/{id}/reserve/members/{person}")]
async fn take_off_roster(
    app: Data<App>,
    caller: ClubLead,
    path: Path<(OrganisationId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    let (club, person) = path.0;
    let bodies = caller.bodies(Role::ClubLead);
    let gone = app.db.write(move |conn| {
        covered(conn, &bodies, club)?;
        actions::take_off_roster(conn, club, person)
    });
    gone.await?;
    Ok(HttpResponse::NoContent().finish())
}
