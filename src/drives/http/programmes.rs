//! Programmes, an edition a year: "Hành trình đỏ 2026".
use super::queries::ProgrammeQuery;
use crate::drives::model::ProgrammeId;
use crate::drives::store::{self, NewProgramme, Programme};
use crate::platform::App;
use crate::platform::http::{
    Anyone, Body, Coordinator, Once, Page, Paged, Problems, Query, answer_once, created,
};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A programme's edition to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeRequest {
    /// Without the year.
    #[schema(max_length = 150)]
    name: String,
    /// The year.
    #[schema(minimum = 1990, maximum = 2100)]
    edition: i32,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
}

impl ProgrammeRequest {
    fn read(self, app: &App) -> Result<NewProgramme, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", Line::parse(&self.name, 150));
        let edition = invalid.take("edition", year(self.edition));
        for (field, day) in [("starts_on", self.starts_on), ("ends_on", self.ends_on)] {
            let year = day.map(|day| year(day.year()));
            let _day = invalid.take_given(field, year);
        }
        if let (Some(first), Some(last)) = (self.starts_on, self.ends_on)
            && last < first
        {
            invalid.refuse("ends_on", keys::FIELD_WRONG_ORDER);
        }
        invalid.build(|| {
            Ok(NewProgramme {
                programme: Programme {
                    id: app.id(),
                    name: name?.into(),
                    edition: edition?,
                    starts_on: self.starts_on,
                    ends_on: self.ends_on,
                },
                now: app.now(),
            })
        })
    }
}

fn year(year: i32) -> Result<i32, Phrase> {
    if (1990..=2100).contains(&year) {
        return Ok(year);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", "1990")
        .with("max", "2100"))
}

/// A programme's edition.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProgrammeView {
    id: ProgrammeId,
    name: String,
    edition: i32,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
}

impl From<Programme> for ProgrammeView {
    fn from(programme: Programme) -> Self {
        Self {
            id: programme.id,
            name: programme.name,
            edition: programme.edition,
            starts_on: programme.starts_on,
            ends_on: programme.ends_on,
        }
    }
}

/// List programmes, the newest editions first.
#[utoipa::path(tag = "drives", security(()), params(ProgrammeQuery), responses((status = 200, body = Paged<ProgrammeView>), Problems))]
#[get("/programmes")]
pub(super) async fn list_programmes(
    app: Data<App>,
    _anyone: Anyone,
    query: Query<ProgrammeQuery>,
) -> Result<Json<Paged<ProgrammeView>>, Problem> {
    let query = query.0;
    let page = Page::<(i32, ProgrammeId)>::of(query.limit, query.after.as_deref())?;
    let (reach, after) = (page.reach(), page.after);
    let rows = app
        .db
        .read(move |conn| store::programmes(conn, query.edition, after, reach))
        .await?;
    let key = |row: &Programme| (row.edition, row.id);
    Ok(Json(page.cut(rows, key).map(ProgrammeView::from)))
}

/// Add a programme's edition.
#[utoipa::path(tag = "drives", request_body = ProgrammeRequest, responses((status = 201, body = ProgrammeView), Problems))]
#[post("/programmes")]
pub(super) async fn create_programme(
    app: Data<App>,
    caller: Coordinator,
    once: Once,
    body: Body<ProgrammeRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let new = body.value.read(&app)?;
    answer_once(&app, caller.person(), once, move |conn| {
        store::insert_programme(conn, &new)?;
        created(ProgrammeView::from(new.programme))
    })
    .await
}
