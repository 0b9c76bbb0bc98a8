//! Sums of tallies, each by one scan of a covering index: days and bodies come in its order and need no sorting.
use super::super::rules::{As, By, Day, Filter, Keyed, Reach, Repeat, Sums, UnitKind};
use crate::organisations::declared::ClusterId;
use crate::platform::db::{Conn, Uid};
use crate::platform::id::{AnyId, OrganisationId};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

pub(super) const SUMS: &str = "COUNT(DISTINCT t.drive) FILTER (WHERE t.attended > 0 OR t.collected > 0) AS drives, \
    SUM(t.registered) AS registered, SUM(t.attended) AS attended, SUM(t.collected) AS collected, \
    COALESCE(SUM(t.collected) FILTER (WHERE t.kind = 'emergency'), 0) AS emergency, SUM(t.safe) AS safe, \
    CAST(SUM(t.ml) AS BIGINT) AS ml, SUM(t.ml350plus) AS ml350plus, SUM(t.first_time) AS first_time";

#[derive(QueryableByName, Queryable)]
pub(super) struct SumsRow {
    #[diesel(sql_type = BigInt)]
    drives: i64,
    #[diesel(sql_type = BigInt)]
    registered: i64,
    #[diesel(sql_type = BigInt)]
    attended: i64,
    #[diesel(sql_type = BigInt)]
    collected: i64,
    #[diesel(sql_type = BigInt)]
    emergency: i64,
    #[diesel(sql_type = BigInt)]
    safe: i64,
    #[diesel(sql_type = BigInt)]
    ml: i64,
    #[diesel(sql_type = BigInt)]
    ml350plus: i64,
    #[diesel(sql_type = BigInt)]
    first_time: i64,
}

#[derive(QueryableByName)]
struct DayRow {
    #[diesel(sql_type = Date)]
    held_on: NaiveDate,
    #[diesel(sql_type = Nullable<Uid>)]
    place: Option<OrganisationId>,
    #[diesel(embed)]
    sums: SumsRow,
}

#[derive(QueryableByName)]
struct KeyedRow {
    #[diesel(sql_type = Nullable<Uid>)]
    key: Option<AnyId>,
    #[diesel(sql_type = Nullable<Uid>)]
    place: Option<OrganisationId>,
    #[diesel(embed)]
    sums: SumsRow,
}

#[derive(QueryableByName)]
struct RepeatRow {
    #[diesel(sql_type = Uid)]
    drive: AnyId,
    #[diesel(sql_type = Date)]
    held_on: NaiveDate,
    #[diesel(sql_type = Nullable<Uid>)]
    place: Option<OrganisationId>,
}

impl From<SumsRow> for Sums {
    fn from(row: SumsRow) -> Self {
        Self {
            drives: real(row.drives),
            registered: real(row.registered),
            attended: real(row.attended),
            collected: real(row.collected),
            emergency: real(row.emergency),
            safe: real(row.safe),
            ml: real(row.ml),
            ml350plus: real(row.ml350plus),
            first_time: real(row.first_time),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and millilitres stay far below 2^53"
)]
pub(super) fn real(count: i64) -> f64 {
    count as f64
}

/// The rows that are meant; binds from, to, scope, programme and kind in this order. `mobiliser` is the name of the
/// column with the mobilising body.
pub(super) fn meant(reach: Reach, mobiliser: &str) -> String {
    let scope = match reach {
        Reach::All | Reach::AllMobilised => "(CAST($3 AS UUID) IS NULL)".to_owned(),
        Reach::Organised(_) => {
            "t.organiser IN (SELECT descendant FROM organisation_ancestors WHERE ancestor = $3)"
                .to_owned()
        }
        Reach::Mobilised(_) => {
            format!(
                "t.{mobiliser} IN (SELECT descendant FROM organisation_ancestors WHERE ancestor = $3)"
            )
        }
        Reach::Cluster(_) => {
            let below = "(SELECT a.descendant FROM cluster_members m JOIN organisations o ON o.id = m.organisation \
                 JOIN organisation_ancestors a ON a.ancestor = o.id WHERE m.cluster = $3 AND o.kind";
            let kinds = "('club', 'school', 'company', 'hospital'))";
            format!(
                "(t.organiser IN {below} NOT IN {kinds} OR t.{mobiliser} IN {below} IN {kinds})"
            )
        }
    };
    format!("t.held_on >= $1 AND t.held_on <= $2 AND {scope}")
}

pub(super) fn place(filter: &Filter) -> &'static str {
    match (filter.r#as, filter.reach) {
        (As::Then, _) => "CAST(NULL AS UUID)",
        (As::Now, Reach::Mobilised(_) | Reach::AllMobilised) => "t.body",
        (As::Now, _) => "t.organiser",
    }
}

pub(super) fn and_place(filter: &Filter) -> String {
    match filter.r#as {
        As::Then => String::new(),
        As::Now => format!(", {}", place(filter)),
    }
}

/// The scope's id; none for everything.
pub(super) fn id(reach: Reach) -> Option<AnyId> {
    match reach {
        Reach::All | Reach::AllMobilised => None,
        Reach::Organised(OrganisationId(id))
        | Reach::Mobilised(OrganisationId(id))
        | Reach::Cluster(ClusterId(id)) => Some(AnyId(id)),
    }
}

/// Only this programme and kind. What is not asked for is settled before the first row.
fn part(filter: &Filter) -> String {
    let programme = filter
        .programme
        .map_or("CAST($4 AS UUID) IS NULL", |_| "t.programme = $4");
    let kind = filter
        .kind
        .map_or("CAST($5 AS TEXT) IS NULL", |_| "t.kind = $5");
    format!("AND {programme} AND {kind}")
}

/// Runs a text whose blanks are those of `meant` and `part`.
macro_rules! ask {
    ($conn:ident, $filter:ident, $text:expr) => {
        diesel::sql_query($text)
            .bind::<Date, _>($filter.period.from)
            .bind::<Date, _>($filter.period.to)
            .bind::<Nullable<Uid>, _>(id($filter.reach))
            .bind::<Nullable<Uid>, _>($filter.programme)
            .bind::<Nullable<Text>, _>($filter.kind.map(UnitKind::as_str))
            .load($conn)
    };
}

/// Sums of each day, as its tallies stand; with places apart when they are to be weighed as they are today.
pub(super) fn each_day(conn: &mut Conn, filter: &Filter) -> QueryResult<Vec<Day>> {
    let (place, and_place) = (place(filter), and_place(filter));
    let (meant, part) = (meant(filter.reach, "body"), part(filter));
    let text = format!(
        "SELECT t.held_on, {place} AS place, {SUMS} FROM tallies t WHERE {meant} {part} GROUP BY t.held_on{and_place}"
    );
    let rows: Vec<DayRow> = ask!(conn, filter, text)?;
    let day = |row: DayRow| Day {
        on: row.held_on,
        place: row.place,
        sums: row.sums.into(),
    };
    Ok(rows.into_iter().map(day).collect())
}

/// Those held on several days, of which there are few. It is said twice: of the second form PostgreSQL has no
/// statistics and guesses few, while by the first it expects a third of all drives and reads every tally.
const OF_DAYS: &str = "d.starts_on < d.ends_on AND CAST((d.starts_on < d.ends_on) AS INTEGER) = 1";

/// Each day of the drives that are held on several: the few that must not be counted once a day.
pub(in crate::totals) fn repeats(conn: &mut Conn, filter: &Filter) -> QueryResult<Vec<Repeat>> {
    let (place, meant, part) = (place(filter), meant(filter.reach, "body"), part(filter));
    // A cross join keeps SQLite from looking at every tally first.
    let text = format!(
        "SELECT DISTINCT t.drive, t.held_on, {place} AS place FROM drives d CROSS JOIN tallies t WHERE {meant} {part} \
         AND t.drive = d.id AND d.ends_on >= $1 AND d.starts_on <= $2 AND {OF_DAYS} AND (t.attended > 0 OR t.collected > 0)"
    );
    let rows: Vec<RepeatRow> = ask!(conn, filter, text)?;
    let repeat = |row: RepeatRow| Repeat {
        drive: row.drive,
        on: row.held_on,
        place: row.place,
    };
    Ok(rows.into_iter().map(repeat).collect())
}

/// Sums of each organiser, mobilising body or programme.
pub(in crate::totals) fn keyed(
    conn: &mut Conn,
    filter: &Filter,
    by: By,
) -> QueryResult<Vec<Keyed>> {
    // Joined with its body, a tally is found by body first, on SQLite too, and nothing has to be sorted.
    let (key, tallies) = match by {
        By::Programme => ("t.programme", "tallies t WHERE"),
        By::Body => (
            "o.id",
            "organisations o CROSS JOIN tallies t WHERE t.body = o.id AND",
        ),
        _ => ("t.organiser", "tallies t WHERE"),
    };
    let (place, and_place) = (place(filter), and_place(filter));
    let (meant, part) = (meant(filter.reach, "body"), part(filter));
    let text = format!(
        "SELECT {key} AS key, {place} AS place, {SUMS} FROM {tallies} {meant} {part} GROUP BY {key}{and_place}"
    );
    let rows: Vec<KeyedRow> = ask!(conn, filter, text)?;
    let keyed = |row: KeyedRow| Keyed {
        key: row.key,
        place: row.place,
        sums: row.sums.into(),
    };
    Ok(rows.into_iter().map(keyed).collect())
}
