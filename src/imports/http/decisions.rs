//! What a person decides of unsure and wrong rows.
use super::upload::may_import;
use super::views::ImportView;
use crate::imports::actions::{self, Decided, Decisions, Reach};
use crate::imports::model::{Decision, ImportId, Who};
use crate::platform::App;
use crate::platform::http::{Body, DonorCaller, Path, Problems};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use actix_web::put;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use utoipa::ToSchema;

/// What was decided of one row.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RowDecision {
    /// The row's number.
    #[schema(minimum = 1)]
    row: i32,
    /// It is somebody known, it is somebody else, or it is left out. A wrong row can only be left out.
    decision: Decision,
    /// With `same`: which of its candidates; may be left out where there is only one.
    person: Option<PersonId>,
    /// With `same`: which earlier row, where the candidate is one.
    same_row: Option<i32>,
}

/// What can be decided of all other unsure rows at once.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UnsureRest {
    /// Each is somebody else.
    New,
    /// They are left out.
    Skip,
}

/// What can be decided of all other wrong rows at once.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ProblemRest {
    /// They are left out.
    Skip,
}

/// Decisions: row by row, then of the rest.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionsRequest {
    /// Row by row.
    #[serde(default)]
    #[schema(max_items = 500)]
    decisions: Vec<RowDecision>,
    /// Of every other unsure row.
    other_unsure: Option<UnsureRest>,
    /// Of every other wrong row.
    other_problems: Option<ProblemRest>,
}

impl From<DecisionsRequest> for Decisions {
    fn from(request: DecisionsRequest) -> Self {
        let rows = request.decisions.into_iter().map(|one| Decided {
            row: one.row,
            decision: one.decision,
            named: one.person.map(Who::Person).or(one.same_row.map(Who::Row)),
        });
        Self {
            rows: rows.collect(),
            unsure: request.other_unsure.map(|rest| match rest {
                UnsureRest::New => Decision::New,
                UnsureRest::Skip => Decision::Skip,
            }),
            problem: request
                .other_problems
                .map(|ProblemRest::Skip| Decision::Skip),
        }
    }
}

/// Decide of unsure and wrong rows; a decision can be changed until the list is applied.
#[utoipa::path(tag = "imports", params(("id" = ImportId, Path)), request_body = DecisionsRequest, responses((status = 200, body = ImportView), Problems))]
#[put("/imports/{id}/decisions")]
pub(super) async fn decide_rows(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<ImportId>,
    body: Body<DecisionsRequest>,
) -> Result<Json<ImportView>, Problem> {
    may_import(&caller)?;
    let (reach, decisions) = (Reach::from(&*caller), Decisions::from(body.value));
    let view = app.db.write(move |conn| {
        let import = actions::decide(conn, &reach, path.0, &decisions)?;
        ImportView::of(conn, import)
    });
    Ok(Json(view.await?))
}
