//! Clusters, and what is counted.
use super::super::actions;
use super::views::{
    ClusterMemberView, ClusterRequest, ClusterView, ClustersQuery, IndicatorRequest, IndicatorView,
    Numbers,
};
use crate::organisations::store::declared::clusters::{self, Cluster, ClusterId, NewCluster};
use crate::organisations::store::declared::indicators;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{
    Admin, Body, Coordinator, DonorCaller, Once, Page, Paged, Problems, Query, Role, answer_once,
    created,
};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use diesel::QueryResult;

/// List clusters with their members.
#[utoipa::path(tag = "figures", params(ClustersQuery), responses((status = 200, body = Paged<ClusterView>), Problems))]
#[get("/clusters")]
pub(super) async fn list_clusters(
    app: Data<App>,
    _: DonorCaller,
    query: Query<ClustersQuery>,
) -> Result<Json<Paged<ClusterView>>, Problem> {
    let query = query.0;
    let page = Page::of(query.limit, query.after.as_deref())?;
    let found = app.db.read(move |conn| {
        let rows = page.cut(clusters::list(conn, query.organisation, &page)?, |row| {
            row.id
        });
        let views = views(conn, rows.items)?;
        Ok::<_, Problem>(Paged {
            items: views,
            next: rows.next,
        })
    });
    Ok(Json(found.await?))
}

/// Add a cluster of bodies below one that the caller coordinates.
#[utoipa::path(tag = "figures", request_body = ClusterRequest, responses((status = 201, body = ClusterView), Problems))]
#[post("/clusters")]
pub(super) async fn create_cluster(
    app: Data<App>,
    caller: Coordinator,
    once: Once,
    body: Body<ClusterRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let new = new_cluster(app.id(), body.value)?;
    let (bodies, now) = (caller.bodies(Role::Coordinator), app.now());
    answer_once(&app, caller.person(), once, move |conn| {
        let cluster = actions::create_cluster(conn, &new, &bodies, now)?;
        created(views(conn, vec![cluster])?.pop())
    })
    .await
}

/// List what is counted, in the order of reports.
#[utoipa::path(tag = "figures", responses((status = 200, body = Numbers<IndicatorView>), Problems))]
#[get("/indicators")]
pub(super) async fn list_indicators(
    app: Data<App>,
    _: DonorCaller,
) -> Result<Json<Numbers<IndicatorView>>, Problem> {
    let rows = app.db.read(indicators::list).await?;
    let items = rows.into_iter().map(Into::into).collect();
    Ok(Json(Numbers { items }))
}

/// Add something to count.
#[utoipa::path(tag = "figures", request_body = IndicatorRequest, responses((status = 201, body = IndicatorView), Problems))]
#[post("/indicators")]
pub(super) async fn create_indicator(
    app: Data<App>,
    caller: Admin,
    once: Once,
    body: Body<IndicatorRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let mut new = body.value.read()?;
    answer_once(&app, caller.person(), once, move |conn| {
        new.position = indicators::next_position(conn)?;
        indicators::insert_indicator(conn, &new)?;
        created(IndicatorView::from(new))
    })
    .await
}

fn new_cluster(id: ClusterId, said: ClusterRequest) -> Result<NewCluster, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Line::parse(&said.name, 200));
    let mut members = said.members;
    let count = members.len();
    members.sort_unstable();
    members.dedup();
    if count != members.len() || !(1..=200).contains(&count) {
        invalid.refuse("members", Phrase::new(keys::FIGURES_MEMBERS));
    }
    let from = said.valid_from.map(crate::organisations::rules::day);
    let from = invalid.take_given("valid_from", from);
    let to = said.valid_to.map(crate::organisations::rules::day);
    let to = invalid.take_given("valid_to", to);
    if said
        .valid_from
        .zip(said.valid_to)
        .is_some_and(|(from, to)| from > to)
    {
        invalid.refuse("valid_to", Phrase::new(keys::FIELD_WRONG_ORDER));
    }
    invalid.build(|| {
        Ok(NewCluster {
            id,
            name: name?.into(),
            organisation: said.organisation,
            valid: (from?, to?),
            members,
        })
    })
}

fn views(conn: &mut Conn, rows: Vec<Cluster>) -> QueryResult<Vec<ClusterView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let members = clusters::members(conn, &ids)?;
    let of = |cluster: ClusterId| {
        let own = members.iter().filter(move |(of, ..)| *of == cluster);
        own.map(|(_, id, name)| ClusterMemberView {
            id: *id,
            name: name.clone(),
        })
        .collect()
    };
    let view = |row: Cluster| ClusterView {
        members: of(row.id),
        id: row.id,
        name: row.name,
        organisation: row.organisation,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
    };
    Ok(rows.into_iter().map(view).collect())
}
