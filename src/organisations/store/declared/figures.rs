//! Rows of declared numbers.
use super::super::super::declared::numbers::Exactness;
use super::super::super::declared::rules::{NewFigure, Subject};
use super::clusters::ClusterId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::figures;
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A declared number as its row says.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = figures)]
pub(in crate::organisations) struct Figure {
    pub(in crate::organisations) id: AnyId,
    pub(in crate::organisations) indicator: String,
    pub(in crate::organisations) from_on: NaiveDate,
    pub(in crate::organisations) to_on: NaiveDate,
    pub(in crate::organisations) value: f64,
    pub(in crate::organisations) exactness: Exactness,
    pub(in crate::organisations) source: Option<String>,
    pub(in crate::organisations) note: Option<String>,
    pub(in crate::organisations) signed_at: Option<Moment>,
}

fn of(subject: Subject) -> (Option<OrganisationId>, Option<ClusterId>) {
    match subject {
        Subject::Organisation(id) => (Some(id), None),
        Subject::Cluster(id) => (None, Some(id)),
    }
}

/// Everything this subject declared, by indicator and day.
pub(in crate::organisations) fn list(
    conn: &mut Conn,
    subject: Subject,
) -> QueryResult<Vec<Figure>> {
    let mut query = figures::table
        .order((
            figures::indicator,
            figures::from_on,
            figures::to_on,
            figures::id,
        ))
        .select(Figure::as_select())
        .into_boxed();
    query = match subject {
        Subject::Organisation(id) => query.filter(figures::organisation.eq(Some(id))),
        Subject::Cluster(id) => query.filter(figures::cluster.eq(Some(id))),
    };
    query.load(conn)
}

/// The number declared for exactly this indicator and period.
pub(in crate::organisations) fn same(
    conn: &mut Conn,
    subject: Subject,
    new: &NewFigure,
) -> QueryResult<Option<Figure>> {
    let mut query = figures::table
        .filter(figures::indicator.eq(&new.indicator))
        .filter(figures::from_on.eq(new.period.from))
        .filter(figures::to_on.eq(new.period.to))
        .select(Figure::as_select())
        .into_boxed();
    query = match subject {
        Subject::Organisation(id) => query.filter(figures::organisation.eq(Some(id))),
        Subject::Cluster(id) => query.filter(figures::cluster.eq(Some(id))),
    };
    query.first(conn).optional()
}

/// Writes a number under a new id.
pub(in crate::organisations) fn insert(
    conn: &mut Conn,
    id: AnyId,
    subject: Subject,
    new: &NewFigure,
    signed: (Option<PersonId>, Moment),
) -> QueryResult<()> {
    let (organisation, cluster) = of(subject);
    let (by, now) = signed;
    diesel::insert_into(figures::table)
        .values((
            figures::id.eq(id),
            figures::organisation.eq(organisation),
            figures::cluster.eq(cluster),
            figures::indicator.eq(&new.indicator),
            figures::from_on.eq(new.period.from),
            figures::to_on.eq(new.period.to),
            figures::value.eq(new.value),
            figures::exactness.eq(new.exactness),
            figures::source.eq(&new.source),
            figures::note.eq(&new.note),
            figures::signed_at.eq(new.is_signed.then_some(now)),
            figures::signed_by.eq(by.filter(|_| new.is_signed)),
            figures::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Replaces a number, keeping its row.
pub(in crate::organisations) fn update(
    conn: &mut Conn,
    id: AnyId,
    new: &NewFigure,
    signed: (Option<PersonId>, Moment),
) -> QueryResult<()> {
    let (by, now) = signed;
    diesel::update(figures::table.find(id))
        .set((
            figures::value.eq(new.value),
            figures::exactness.eq(new.exactness),
            figures::source.eq(&new.source),
            figures::note.eq(&new.note),
            figures::signed_at.eq(new.is_signed.then_some(now)),
            figures::signed_by.eq(by.filter(|_| new.is_signed)),
        ))
        .execute(conn)
        .map(drop)
}
