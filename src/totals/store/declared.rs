//! Figures and targets that bear on a period.
use super::super::rules::{Figure, Scope, Target};
use crate::organisations::declared::{Exactness, Period, TargetKind};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{figures, indicators, organisations, successions, targets};
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::prelude::*;

/// What is counted, with its names.
#[derive(Debug, Clone, Queryable)]
pub(in crate::totals) struct Indicator {
    pub(in crate::totals) slug: String,
    pub(in crate::totals) name_vi: String,
    pub(in crate::totals) name_en: String,
    pub(in crate::totals) unit: String,
}

/// All that is counted, in the order of reports.
pub(in crate::totals) fn indicators(conn: &mut Conn) -> QueryResult<Vec<Indicator>> {
    indicators::table
        .order((indicators::position, indicators::slug))
        .select((
            indicators::slug,
            indicators::name_vi,
            indicators::name_en,
            indicators::unit,
        ))
        .load(conn)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = figures)]
struct FigureRow {
    organisation: Option<OrganisationId>,
    indicator: String,
    from_on: NaiveDate,
    to_on: NaiveDate,
    value: f64,
    exactness: Exactness,
    source: Option<String>,
    note: Option<String>,
    signed_at: Option<Moment>,
}

impl From<FigureRow> for Figure {
    fn from(row: FigureRow) -> Self {
        Self {
            organisation: row.organisation,
            indicator: row.indicator,
            period: Period {
                from: row.from_on,
                to: row.to_on,
            },
            value: row.value,
            exactness: row.exactness,
            source: row.source,
            note: row.note,
            is_signed: row.signed_at.is_some(),
        }
    }
}

/// What was declared for days within the period: by the scope, by the bodies directly below `body`, by ended ones.
pub(in crate::totals) fn figures(
    conn: &mut Conn,
    scope: Scope,
    body: Option<OrganisationId>,
    period: Period,
) -> QueryResult<Vec<Figure>> {
    let query = figures::table
        .filter(figures::from_on.ge(period.from))
        .filter(figures::to_on.le(period.to))
        .order((
            figures::indicator,
            figures::from_on,
            figures::to_on,
            figures::id,
        ))
        .select(FigureRow::as_select())
        .into_boxed();
    let rows: Vec<FigureRow> = if let Scope::Cluster(cluster) = scope {
        query
            .filter(figures::cluster.eq(Some(cluster)))
            .load(conn)?
    } else {
        let below = organisations::table
            .filter(organisations::parent.eq(body))
            .select(organisations::id.nullable());
        let ended = successions::table.select(successions::predecessor.nullable());
        let own = figures::organisation.eq(body);
        let wanted = own
            .or(figures::organisation.eq_any(below))
            .or(figures::organisation.eq_any(ended));
        query.filter(wanted).load(conn)?
    };
    Ok(rows.into_iter().map(Into::into).collect())
}

type TargetRow = (
    OrganisationId,
    String,
    NaiveDate,
    NaiveDate,
    f64,
    TargetKind,
    Option<String>,
    Exactness,
);

/// Targets around the period, of the body and of those directly below it.
pub(in crate::totals) fn targets(
    conn: &mut Conn,
    body: OrganisationId,
    period: Period,
) -> QueryResult<Vec<Target>> {
    let (assigner, below) = diesel::alias!(organisations as assigner, organisations as below);
    let children = below
        .filter(below.field(organisations::parent).eq(Some(body)))
        .select(below.field(organisations::id));
    let by = assigner.field(organisations::id).nullable();
    let rows: Vec<TargetRow> = targets::table
        .left_join(assigner.on(by.eq(targets::assigned_by)))
        .filter(targets::from_on.le(period.from))
        .filter(targets::to_on.ge(period.to))
        .filter(
            targets::organisation
                .eq(body)
                .or(targets::organisation.eq_any(children)),
        )
        .order((targets::indicator, targets::id))
        .select((
            targets::organisation,
            targets::indicator,
            targets::from_on,
            targets::to_on,
            targets::value,
            targets::kind,
            assigner.field(organisations::name).nullable(),
            targets::exactness,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(target).collect())
}

fn target(
    (organisation, indicator, from, to, value, kind, assigned_by, exactness): TargetRow,
) -> Target {
    Target {
        organisation,
        indicator,
        period: Period { from, to },
        value,
        kind,
        assigned_by,
        exactness,
    }
}
