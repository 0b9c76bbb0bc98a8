//! Counts that a drive's people typed.
use crate::donations::actions;
use crate::donations::store::DeclaredRow;
use crate::drives::model::UnitKind;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, Coordinator, Path, Problems};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use crate::registrations::model::Powers;
use actix_web::put;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

const MOST_PEOPLE: i64 = 1_000_000;
const MOST_ML: i64 = 700_000_000;

/// The counts of one body and kind of unit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredCount {
    /// The body whose people they are; left out, the organiser.
    mobilised_by: Option<OrganisationId>,
    /// Planned or emergency.
    kind: UnitKind,
    /// How many registered.
    #[schema(minimum = 0, maximum = 1_000_000)]
    registered: Option<i32>,
    /// How many came.
    #[schema(minimum = 0, maximum = 1_000_000)]
    attended: Option<i32>,
    /// Units collected.
    #[schema(minimum = 0, maximum = 1_000_000)]
    collected: i32,
    /// Units found safe.
    #[schema(minimum = 0, maximum = 1_000_000)]
    safe: Option<i32>,
    /// Millilitres collected.
    #[schema(minimum = 0, maximum = 700_000_000)]
    ml: Option<i64>,
}

/// What was counted by hand at a drive: the whole list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredCounts {
    /// Each body and kind once.
    #[schema(max_items = 500)]
    rows: Vec<DeclaredCount>,
}

/// Declare a drive's counts, beside what was recorded.
#[utoipa::path(tag = "donations", request_body = DeclaredCounts, params(("id" = DriveId, Path)),
    responses((status = 200, body = DeclaredCounts), Problems))]
#[put("/drives/{id}/declared")]
pub(crate) async fn declare_counts(
    app: Data<App>,
    caller: Coordinator,
    path: Path<DriveId>,
    body: Body<DeclaredCounts>,
) -> Result<Json<DeclaredCounts>, Problem> {
    body.value.check()?;
    let (powers, drive) = (Powers::from(&*caller), path.0);
    let (counts, by, now) = (body.value, caller.person(), app.now());
    let rows = app.db.write(move |conn| {
        actions::declare(conn, (&powers, drive), |organiser| {
            counts.rows_of(drive, organiser, (by, now))
        })
    });
    Ok(Json(DeclaredCounts {
        rows: rows.await?.into_iter().map(DeclaredCount::from).collect(),
    }))
}

impl DeclaredCounts {
    fn check(&self) -> Result<(), Invalid> {
        let mut invalid = Invalid::default();
        if self.rows.len() > 500 {
            invalid.refuse("rows", range(500));
        }
        for (at, row) in self.rows.iter().enumerate() {
            let people = [
                ("registered", row.registered),
                ("attended", row.attended),
                ("collected", Some(row.collected)),
                ("safe", row.safe),
            ];
            let counts = people.map(|(field, count)| (field, count.map(i64::from), MOST_PEOPLE));
            for (field, count, most) in counts.into_iter().chain([("ml", row.ml, MOST_ML)]) {
                if count.is_some_and(|count| !(0..=most).contains(&count)) {
                    invalid.refuse(format!("rows.{at}.{field}"), range(most));
                }
            }
        }
        invalid.check()
    }

    /// A body and kind said twice would be one row too many.
    fn rows_of(
        &self,
        drive: DriveId,
        organiser: OrganisationId,
        (declared_by, declared_at): (PersonId, Moment),
    ) -> Result<Vec<DeclaredRow>, Problem> {
        let mut seen = HashSet::new();
        let mut rows = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            let mobilised_by = row.mobilised_by.unwrap_or(organiser);
            if !seen.insert((mobilised_by, row.kind)) {
                let phrase = Phrase::new(keys::DONATION_DECLARED_TWICE);
                return Err(Problem::field(format!("rows.{at}.mobilised_by"), phrase));
            }
            rows.push(DeclaredRow {
                drive,
                mobilised_by,
                kind: row.kind,
                registered: row.registered,
                attended: row.attended,
                collected: row.collected,
                safe: row.safe,
                ml: row.ml,
                declared_by,
                declared_at,
            });
        }
        Ok(rows)
    }
}

fn range(most: i64) -> Phrase {
    Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 0)
        .with("max", most)
}

impl From<DeclaredRow> for DeclaredCount {
    fn from(row: DeclaredRow) -> Self {
        Self {
            mobilised_by: Some(row.mobilised_by),
            kind: row.kind,
            registered: row.registered,
            attended: row.attended,
            collected: row.collected,
            safe: row.safe,
            ml: row.ml,
        }
    }
}
