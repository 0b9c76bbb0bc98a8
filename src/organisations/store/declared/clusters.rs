//! Rows of clusters and their members.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{cluster_members, clusters, organisations};
use crate::platform::http::Page;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::prelude::*;

crate::ids! {
    /// Names a cluster.
    ClusterId,
}

/// Bodies to be compared with each other.
#[derive(Debug, Clone)]
pub struct NewCluster {
    /// Names it.
    pub id: ClusterId,
    /// What it is called.
    pub name: String,
    /// The body that compares.
    pub organisation: OrganisationId,
    /// First and last day, where known.
    pub valid: (Option<NaiveDate>, Option<NaiveDate>),
    /// The bodies compared.
    pub members: Vec<OrganisationId>,
}

/// A cluster as its row says.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = clusters)]
pub(in crate::organisations) struct Cluster {
    pub(in crate::organisations) id: ClusterId,
    pub(in crate::organisations) name: String,
    pub(in crate::organisations) organisation: OrganisationId,
    pub(in crate::organisations) valid_from: Option<NaiveDate>,
    pub(in crate::organisations) valid_to: Option<NaiveDate>,
}

/// Writes a cluster and its members.
pub fn insert_cluster(conn: &mut Conn, new: &NewCluster, now: Moment) -> QueryResult<()> {
    diesel::insert_into(clusters::table)
        .values((
            clusters::id.eq(new.id),
            clusters::name.eq(&new.name),
            clusters::organisation.eq(new.organisation),
            clusters::valid_from.eq(new.valid.0),
            clusters::valid_to.eq(new.valid.1),
            clusters::created_at.eq(now),
        ))
        .execute(conn)?;
    let rows: Vec<_> = new
        .members
        .iter()
        .map(|member| {
            (
                cluster_members::cluster.eq(new.id),
                cluster_members::organisation.eq(*member),
            )
        })
        .collect();
    crate::on_each!(conn => diesel::insert_into(cluster_members::table).values(rows).execute(conn))
        .map(drop)
}

/// This cluster.
pub(in crate::organisations) fn find(conn: &mut Conn, id: ClusterId) -> QueryResult<Cluster> {
    clusters::table
        .find(id)
        .select(Cluster::as_select())
        .first(conn)
}

/// One page of clusters, oldest first; only those of `organisation` where given.
pub(in crate::organisations) fn list(
    conn: &mut Conn,
    organisation: Option<OrganisationId>,
    page: &Page<ClusterId>,
) -> QueryResult<Vec<Cluster>> {
    let mut query = clusters::table
        .order(clusters::id)
        .limit(page.reach())
        .select(Cluster::as_select())
        .into_boxed();
    if let Some(organisation) = organisation {
        query = query.filter(clusters::organisation.eq(organisation));
    }
    if let Some(after) = page.after {
        query = query.filter(clusters::id.gt(after));
    }
    query.load(conn)
}

/// Members of these clusters with their names, by name.
pub(in crate::organisations) fn members(
    conn: &mut Conn,
    of: &[ClusterId],
) -> QueryResult<Vec<(ClusterId, OrganisationId, String)>> {
    cluster_members::table
        .inner_join(organisations::table.on(organisations::id.eq(cluster_members::organisation)))
        .filter(cluster_members::cluster.eq_any(of))
        .order((organisations::search_name, organisations::id))
        .select((
            cluster_members::cluster,
            organisations::id,
            organisations::name,
        ))
        .load(conn)
}
