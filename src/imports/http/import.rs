//! One list: taken in, shown, applied, undone.
use super::upload::{ImportFile, ImportFileQuery, ImportRequest, Upload, may_import};
use crate::imports::actions::{self, Reach, Taken};
use crate::imports::model::{Column, ImportId, ImportKind, ImportState};
use crate::imports::store::imports::Import;
use crate::imports::store::rows;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{DonorCaller, Once, Path, Problems, answer_once, created, done};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, say};
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many rows have each verdict.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct VerdictCounts {
    /// Somebody not known yet.
    new: i32,
    /// Somebody known, of whom the row tells something new.
    same: i32,
    /// Known with everything the row says.
    there: i32,
    /// Said by an earlier row of the list.
    repeated: i32,
    /// For a person to decide.
    unsure: i32,
    /// Wrong; can only be left out.
    problem: i32,
}

/// A list taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportView {
    id: ImportId,
    kind: ImportKind,
    state: ImportState,
    /// Whose list.
    organisation: Option<OrganisationId>,
    /// Of which drive.
    drive: Option<DriveId>,
    /// The file's name, or what it was called.
    name: Option<String>,
    /// The sheet that was read; null for a text.
    sheet: Option<String>,
    /// The number of the row with the headings.
    heading_row: i32,
    /// Every column with a heading, and what it was taken for.
    columns: Vec<Column>,
    /// How many rows have each verdict.
    counts: VerdictCounts,
    /// Unsure and wrong rows that wait for a decision; applying is refused until there are none.
    undecided: i64,
    /// The import of the same content that was applied before.
    again_of: Option<ImportId>,
    created_by: PersonId,
    created_at: Moment,
    /// Until when it waits to be applied.
    expires_at: Moment,
    applied_at: Option<Moment>,
    undone_at: Option<Moment>,
}

impl ImportView {
    /// Names it in lists.
    pub(super) fn id(&self) -> ImportId {
        self.id
    }

    /// Counts what waits for a decision.
    pub(super) fn of(conn: &mut Conn, import: Import) -> Result<Self, Problem> {
        let undecided = match import.state {
            ImportState::Checked => rows::undecided(conn, import.id)?,
            _ => 0,
        };
        Ok(Self {
            columns: import.columns(),
            counts: serde_json::from_value(import.counts.0).unwrap_or_default(),
            id: import.id,
            kind: import.kind,
            state: import.state,
            organisation: import.organisation,
            drive: import.drive,
            name: import.name,
            sheet: import.sheet,
            heading_row: import.heading_row,
            undecided,
            again_of: import.again_of,
            created_by: import.created_by,
            created_at: import.created_at,
            expires_at: import.expires_at,
            applied_at: import.applied_at,
            undone_at: import.undone_at,
        })
    }
}

/// Have a list read and judged row by row; nothing of it counts yet.
#[utoipa::path(tag = "imports", params(ImportFileQuery),
    request_body(content((ImportRequest = "application/json"), (ImportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"), (String = "text/plain"))),
    responses((status = 201, body = ImportView), Problems))]
#[post("/imports")]
pub(super) async fn take_in_list(
    app: Data<App>,
    caller: DonorCaller,
    once: Once,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let once = once.over_bytes(&upload.digest);
    let (reach, order) = (Reach::from(&*caller), upload.order(&caller)?);
    let reading = app.clone();
    let list = actix_web::web::block(move || actions::read_list(&reading, order));
    let list = list.await.map_err(Problem::internal)??;
    let judging = app.clone();
    answer_once(&app, caller.person(), once, move |conn| {
        let import = actions::check(conn, &judging, &reach, list)?;
        created(ImportView::of(conn, import)?)
    })
    .await
}

/// One list with its counts.
#[utoipa::path(tag = "imports", params(("id" = ImportId, Path)), responses((status = 200, body = ImportView), Problems))]
#[get("/imports/{id}")]
pub(super) async fn show_import(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<ImportId>,
) -> Result<Json<ImportView>, Problem> {
    may_import(&caller)?;
    let reach = Reach::from(&*caller);
    let view = app.db.read(move |conn| {
        let import = reach.find(conn, path.0)?;
        ImportView::of(conn, import)
    });
    Ok(Json(view.await?))
}

/// Make everything in a list count; once more changes nothing.
#[utoipa::path(tag = "imports", params(("id" = ImportId, Path)), responses((status = 200, body = ImportView), Problems))]
#[post("/imports/{id}/application")]
pub(super) async fn apply_import(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<ImportId>,
    once: Once,
) -> Result<HttpResponse, Problem> {
    may_import(&caller)?;
    let (reach, working) = (Reach::from(&*caller), app.clone());
    answer_once(&app, caller.person(), once, move |conn| {
        let import = actions::apply(conn, &working, &reach, path.0)?;
        done(ImportView::of(conn, import)?)
    })
    .await
}

/// Somebody whom a list brought and who stays all the same.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeptView {
    /// The row that brought them.
    row: i32,
    /// Who.
    person: PersonId,
    /// Their name.
    name: String,
    /// Why they stay.
    reason: String,
}

/// What became of a list that was dropped or taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportUndoneView {
    /// The list; null when it had never been applied and is forgotten.
    import: Option<ImportView>,
    /// People who are gone again.
    people: usize,
    /// Places on the club's list that are gone again.
    memberships: usize,
    /// Donations that no longer count.
    donations: usize,
    /// Who stays, the first 200, and why.
    kept: Vec<KeptView>,
    /// How many stay.
    kept_count: usize,
}

const MOST_KEPT: usize = 200;

impl ImportUndoneView {
    fn of(conn: &mut Conn, taken: Taken, language: Language) -> Result<Self, Problem> {
        let kept = taken.kept.iter().take(MOST_KEPT);
        let kept = kept.map(|(row, person, reason)| KeptView {
            row: *row,
            person: *person,
            name: taken.names.get(person).cloned().unwrap_or_default(),
            reason: say(language, &Phrase::new(*reason)),
        });
        let (kept, import) = (kept.collect(), taken.import);
        Ok(Self {
            import: import
                .map(|import| ImportView::of(conn, import))
                .transpose()?,
            people: taken.people,
            memberships: taken.memberships,
            donations: taken.donations,
            kept,
            kept_count: taken.kept.len(),
        })
    }
}

/// Drop a list that waits, or take back what an applied one made.
#[utoipa::path(tag = "imports", params(("id" = ImportId, Path)), responses((status = 200, body = ImportUndoneView), Problems))]
#[delete("/imports/{id}")]
pub(super) async fn undo_import(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<ImportId>,
) -> Result<Json<ImportUndoneView>, Problem> {
    may_import(&caller)?;
    let (reach, working, language) = (Reach::from(&*caller), app.clone(), caller.language);
    let undone = app.db.write(move |conn| {
        let taken = actions::undo(conn, &working, &reach, path.0)?;
        ImportUndoneView::of(conn, taken, language)
    });
    Ok(Json(undone.await?))
}
