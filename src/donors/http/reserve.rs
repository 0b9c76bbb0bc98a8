//! My word to stand by for emergencies: given and taken back in one tap.
use crate::donors::actions::{self, Standing};
use crate::donors::model::{Months, Pledge};
use crate::donors::store;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::Routes;
use crate::platform::http::{Body, DonorCaller, Problems};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(show_reserve)
        .service(stand_by)
        .service(stand_down);
}

/// Nobody goes farther.
pub(super) const FARTHEST_KM: i32 = 500;
const MOST_CLUBS: usize = 10;

/// How I stand by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReserveRequest {
    /// For which bodies; they see my name, group and commune. None: not any more.
    #[schema(max_items = 10)]
    clubs: Vec<OrganisationId>,
    /// How far I would go.
    #[schema(minimum = 1, maximum = 500)]
    max_km: i32,
    /// Whether I may be asked at night.
    nights: bool,
    /// In which months, 1 to 12; left out: in all.
    #[schema(min_items = 1, max_items = 12)]
    months: Option<Vec<u32>>,
}

impl ReserveRequest {
    fn standing(self, today: NaiveDate) -> Result<Standing, Invalid> {
        let mut invalid = Invalid::default();
        if self.clubs.len() > MOST_CLUBS {
            let most = Phrase::new(keys::FIELD_OUT_OF_RANGE);
            invalid.refuse("clubs", most.with("min", 0).with("max", MOST_CLUBS));
        }
        let km = invalid.take("max_km", kilometres(self.max_km));
        let months = invalid.take("months", months(self.months.as_deref()));
        invalid.build(|| {
            Ok(Standing {
                clubs: self.clubs,
                max_km: km?,
                nights: self.nights,
                months: months?,
                today,
            })
        })
    }
}

/// A distance somebody may mean.
pub(super) fn kilometres(km: i32) -> Result<i32, Phrase> {
    if (1..=FARTHEST_KM).contains(&km) {
        return Ok(km);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 1)
        .with("max", FARTHEST_KM))
}

/// These months, or all of them.
pub(super) fn months(months: Option<&[u32]>) -> Result<Months, Phrase> {
    let Some(months) = months else {
        return Ok(Months::ALL);
    };
    let range = || {
        Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", 1)
            .with("max", 12)
    };
    Months::of(months).ok_or_else(range)
}

/// For which clubs I stand by.
#[derive(Debug, Serialize, ToSchema)]
struct ReserveView {
    items: Vec<PledgeView>,
    /// The clubs on whose lists I am, for which I may stand by first of all.
    clubs: Vec<OwnClubView>,
}

/// A club on whose list I am.
#[derive(Debug, Serialize, ToSchema)]
struct OwnClubView {
    id: OrganisationId,
    name: String,
}

/// My word for one club.
#[derive(Debug, Serialize, ToSchema)]
struct PledgeView {
    club: OrganisationId,
    /// Its name.
    name: String,
    max_km: i32,
    nights: bool,
    /// 1 to 12.
    months: Vec<u32>,
    /// When my blood was last tested beforehand, as the club noted it.
    tested_on: Option<NaiveDate>,
}

impl From<(Pledge, String)> for PledgeView {
    fn from((pledge, name): (Pledge, String)) -> Self {
        Self {
            club: pledge.club,
            name,
            max_km: pledge.max_km,
            nights: pledge.nights,
            months: pledge.months.list(),
            tested_on: pledge.tested_on,
        }
    }
}

fn view(conn: &mut Conn, person: PersonId) -> Result<ReserveView, Problem> {
    let pledges = store::pledges_of(conn, person)?;
    let clubs = store::clubs_of(conn, person)?.into_iter();
    Ok(ReserveView {
        items: pledges.into_iter().map(PledgeView::from).collect(),
        clubs: clubs.map(|(id, name)| OwnClubView { id, name }).collect(),
    })
}

/// Show for which clubs I stand by.
#[utoipa::path(tag = "donors", responses((status = 200, body = ReserveView), Problems))]
#[get("/me/reserve")]
async fn show_reserve(app: Data<App>, caller: DonorCaller) -> Result<Json<ReserveView>, Problem> {
    let me = caller.person();
    Ok(Json(app.db.read(move |conn| view(conn, me)).await?))
}

/// Stand by for emergencies, for exactly these clubs. Needs the consent to be called.
#[utoipa::path(tag = "donors", request_body = ReserveRequest, responses((status = 200, body = ReserveView), Problems))]
#[put("/me/reserve")]
async fn stand_by(
    app: Data<App>,
    caller: DonorCaller,
    body: Body<ReserveRequest>,
) -> Result<Json<ReserveView>, Problem> {
    let standing = body.value.standing(app.today())?;
    let (me, now) = (caller.person(), app.now());
    let kept = app.db.write(move |conn| {
        actions::stand_by(conn, me, &standing, now)?;
        view(conn, me)
    });
    Ok(Json(kept.await?))
}

/// Stand by no more, for any club.
#[utoipa::path(tag = "donors", responses((status = 204), Problems))]
#[delete("/me/reserve")]
async fn stand_down(app: Data<App>, caller: DonorCaller) -> Result<HttpResponse, Problem> {
    let me = caller.person();
    app.db
        .write(move |conn| store::withdraw_others(conn, me, &[]))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
