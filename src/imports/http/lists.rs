//! The lists somebody took in, and those of their clubs.
use super::queries::ImportsQuery;
use super::upload::may_import;
use super::views::ImportView;
use crate::imports::actions::Reach;
use crate::imports::model::ImportId;
use crate::imports::store::imports;
use crate::platform::App;
use crate::platform::http::{DonorCaller, Page, Paged, Problems, Query};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};

/// Lists that I took in, and those of the clubs I lead, the newest first.
#[utoipa::path(tag = "imports", params(ImportsQuery), responses((status = 200, body = Paged<ImportView>), Problems))]
#[get("/imports")]
pub(super) async fn list_imports(
    app: Data<App>,
    caller: DonorCaller,
    query: Query<ImportsQuery>,
) -> Result<Json<Paged<ImportView>>, Problem> {
    may_import(&caller)?;
    let query = query.0;
    let page = Page::<ImportId>::of(query.limit, query.after.as_deref())?;
    let (reach, asked) = (Reach::from(&*caller), (page.after, page.reach()));
    let views = app.db.read(move |conn| {
        let whose = (reach.person, reach.leads.as_slice());
        let imports = imports::list(conn, whose, query.state, asked)?;
        let views = imports
            .into_iter()
            .map(|import| ImportView::of(conn, import));
        views.collect::<Result<Vec<ImportView>, Problem>>()
    });
    Ok(Json(page.cut(views.await?, ImportView::id)))
}
