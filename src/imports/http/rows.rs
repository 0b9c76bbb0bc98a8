//! The rows of a list with what was found of each.
use super::queries::ImportRowsQuery;
use super::upload::may_import;
use crate::imports::actions::{self, Reach, ShownRow};
use crate::imports::model::{Decision, Field, ImportId, Remark, Verdict, Who};
use crate::imports::rules::mask::masked;
use crate::platform::App;
use crate::platform::http::{DonorCaller, Page, Paged, Path, Problems, Query};
use crate::platform::id::PersonId;
use crate::platform::language::{Language, say};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::Datelike;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody known, their name shortened, or an earlier row of the list: exactly one of `person` and `row` is given.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MeantView {
    /// Somebody known.
    person: Option<PersonId>,
    /// An earlier row of the list.
    row: Option<i32>,
    /// Initials and given name of somebody known.
    name: Option<String>,
    /// Their year of birth, where known.
    birth_year: Option<i32>,
}

/// What is to be said of a cell, or of the row as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RemarkView {
    /// The column's letter; null for the row as a whole.
    column: Option<String>,
    /// The column's heading.
    heading: Option<String>,
    /// What the column tells.
    field: Option<Field>,
    /// What is to be said, in the caller's language.
    message: String,
}

/// A row with what was found of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportRowView {
    /// Its number as its reader sees it.
    row: i32,
    /// The sheet it stands on; null for a text.
    sheet: Option<String>,
    /// What was found.
    verdict: Verdict,
    /// The name as it stands there; null once the list was applied or has expired.
    name: Option<String>,
    /// Whom it means, where that is sure and they were known before.
    same_as: Option<MeantView>,
    /// Whom it could mean, where that is not sure.
    candidates: Vec<MeantView>,
    /// What is to be said of its cells.
    remarks: Vec<RemarkView>,
    /// What was decided.
    decision: Option<Decision>,
    /// Whom it means, as was decided.
    decided: Option<MeantView>,
}

impl ImportRowView {
    fn of(shown: ShownRow, language: Language) -> Self {
        let standing = shown.row.standing();
        let meant = |who: Who| MeantView::of(who, &shown);
        Self {
            row: standing.number,
            verdict: standing.verdict,
            same_as: standing.who.map(meant),
            candidates: standing.candidates.iter().map(|who| meant(*who)).collect(),
            remarks: shown
                .row
                .remarks()
                .into_iter()
                .map(|remark| RemarkView::of(remark, &shown, language))
                .collect(),
            decision: standing.decision,
            decided: standing.decided.map(meant),
            sheet: shown.sheet.clone(),
            name: shown.name.filter(|name| !name.is_empty()),
        }
    }
}

impl MeantView {
    fn of(who: Who, shown: &ShownRow) -> Self {
        let (person, row) = match who {
            Who::Person(person) => (Some(person), None),
            Who::Row(row) => (None, Some(row)),
        };
        let known = person.and_then(|person| shown.people.get(&person));
        Self {
            person,
            row,
            name: known.map(|(name, _)| masked(name)),
            birth_year: known.and_then(|(_, born)| born.map(|day| day.year())),
        }
    }
}

impl RemarkView {
    fn of(remark: Remark, shown: &ShownRow, language: Language) -> Self {
        let letter = remark.column.as_ref();
        let column = shown
            .columns
            .iter()
            .find(|column| Some(&column.column) == letter);
        Self {
            heading: column.map(|column| column.heading.clone()),
            column: remark.column,
            field: remark.field,
            message: say(language, &remark.phrase),
        }
    }
}

/// The rows of a list with what was found of each, in their order.
#[utoipa::path(tag = "imports", params(("id" = ImportId, Path), ImportRowsQuery), responses((status = 200, body = Paged<ImportRowView>), Problems))]
#[get("/imports/{id}/rows")]
pub(super) async fn list_import_rows(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<ImportId>,
    query: Query<ImportRowsQuery>,
) -> Result<Json<Paged<ImportRowView>>, Problem> {
    may_import(&caller)?;
    let query = query.0;
    let page = Page::<i32>::of(query.limit, query.after.as_deref())?;
    let (reach, opening, asked) = (
        Reach::from(&*caller),
        app.clone(),
        (page.after, page.reach()),
    );
    let rows = app
        .db
        .read(move |conn| actions::rows(conn, &opening, (&reach, path.0), query.verdict, asked));
    let cut = page.cut(rows.await?, |shown| shown.row.number);
    Ok(Json(
        cut.map(|shown| ImportRowView::of(shown, caller.language)),
    ))
}
