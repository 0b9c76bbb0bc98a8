//! Bodies, clusters and programmes as totals need them.
use super::super::rules::{Scope, Tree};
use crate::organisations::OrganisationKind;
use crate::platform::db::Conn;
use crate::platform::db::schema::{clusters, organisations, programmes, successions};
use crate::platform::id::{AnyId, OrganisationId};
use diesel::prelude::*;
use std::collections::HashMap;

/// Everything that stands in the tree, and what ended bodies became.
pub(in crate::totals) fn tree(conn: &mut Conn) -> QueryResult<Tree> {
    let bodies: Vec<(OrganisationId, Option<OrganisationId>)> = organisations::table
        .select((organisations::id, organisations::parent))
        .load(conn)?;
    let lines: Vec<(OrganisationId, OrganisationId, i32)> = successions::table
        .select((
            successions::predecessor,
            successions::successor,
            successions::share,
        ))
        .load(conn)?;
    let share = |(old, new, share): (_, _, i32)| (old, new, f64::from(share) / 1000.0);
    Ok(Tree::of(bodies, lines.into_iter().map(share)))
}

/// The oldest body of the nation.
fn nation(conn: &mut Conn) -> QueryResult<Option<OrganisationId>> {
    organisations::table
        .filter(organisations::kind.eq(OrganisationKind::National))
        .order((organisations::created_at, organisations::id))
        .select(organisations::id)
        .first(conn)
        .optional()
}

/// The body that answers for the scope, and the cluster's name.
pub(in crate::totals) fn scope_body(
    conn: &mut Conn,
    scope: Scope,
) -> QueryResult<(Option<OrganisationId>, Option<String>)> {
    match scope {
        Scope::Nation => Ok((nation(conn)?, None)),
        Scope::Organisation(id) => Ok((Some(id), None)),
        Scope::Cluster(id) => clusters::table
            .find(id)
            .select((clusters::organisation.nullable(), clusters::name.nullable()))
            .first(conn),
    }
}

/// Names and kinds of bodies; the few of a page or a whole level, told apart in the memory of the service.
pub(in crate::totals) fn names(
    conn: &mut Conn,
) -> QueryResult<HashMap<OrganisationId, (String, OrganisationKind)>> {
    let rows: Vec<(OrganisationId, String, OrganisationKind)> = organisations::table
        .select((organisations::id, organisations::name, organisations::kind))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, kind)| (id, (name, kind)))
        .collect())
}

/// Programmes with their edition: "Hành trình đỏ 2026".
pub(in crate::totals) fn programme_names(conn: &mut Conn) -> QueryResult<HashMap<AnyId, String>> {
    let rows: Vec<(AnyId, String, i32)> = programmes::table
        .select((programmes::id, programmes::name, programmes::edition))
        .load(conn)?;
    let named = |(id, name, edition)| (id, format!("{name} {edition}"));
    Ok(rows.into_iter().map(named).collect())
}
