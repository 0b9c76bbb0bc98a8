//! Rows of targets.
use super::super::super::declared::numbers::Exactness;
use super::super::super::declared::rules::{NewTarget, TargetKind};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::targets;
use crate::platform::id::{AnyId, OrganisationId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A target as its row says.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = targets)]
pub(in crate::organisations) struct Target {
    pub(in crate::organisations) id: AnyId,
    pub(in crate::organisations) indicator: String,
    pub(in crate::organisations) from_on: NaiveDate,
    pub(in crate::organisations) to_on: NaiveDate,
    pub(in crate::organisations) value: f64,
    pub(in crate::organisations) kind: TargetKind,
    pub(in crate::organisations) assigned_by: Option<OrganisationId>,
    pub(in crate::organisations) exactness: Exactness,
    pub(in crate::organisations) source: Option<String>,
}

/// Every target of this body, by indicator and day.
pub(in crate::organisations) fn list(
    conn: &mut Conn,
    organisation: OrganisationId,
) -> QueryResult<Vec<Target>> {
    targets::table
        .filter(targets::organisation.eq(organisation))
        .order((
            targets::indicator,
            targets::from_on,
            targets::to_on,
            targets::id,
        ))
        .select(Target::as_select())
        .load(conn)
}

/// Sets a target, in place of the one with the same indicator, period and kind.
pub(in crate::organisations) fn put(
    conn: &mut Conn,
    id: AnyId,
    organisation: OrganisationId,
    new: &NewTarget,
    now: Moment,
) -> QueryResult<()> {
    let set = (
        targets::value.eq(new.value),
        targets::assigned_by.eq(new.assigned_by),
        targets::exactness.eq(new.exactness),
        targets::source.eq(&new.source),
    );
    let same = targets::table
        .filter(targets::organisation.eq(organisation))
        .filter(targets::indicator.eq(&new.indicator))
        .filter(targets::from_on.eq(new.period.from))
        .filter(targets::to_on.eq(new.period.to))
        .filter(targets::kind.eq(new.kind));
    if diesel::update(same).set(set).execute(conn)? > 0 {
        return Ok(());
    }
    diesel::insert_into(targets::table)
        .values((
            targets::id.eq(id),
            targets::organisation.eq(organisation),
            targets::indicator.eq(&new.indicator),
            targets::from_on.eq(new.period.from),
            targets::to_on.eq(new.period.to),
            targets::kind.eq(new.kind),
            set,
            targets::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}
