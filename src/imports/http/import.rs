//! One list: taken in, shown, applied, undone.
use super::upload::{ImportFile, ImportFileQuery, ImportRequest, Upload, may_import};
use super::views::ImportView;
use crate::imports::actions::{self, Reach, Taken};
use crate::imports::model::ImportId;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{DonorCaller, Once, Path, Problems, answer_once, created, done};
use crate::platform::id::PersonId;
use crate::platform::language::{Language, Phrase, say};
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use serde::Serialize;
use utoipa::ToSchema;

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
