//! Sums of donations by group, component and volume, from their own covering index.
use super::super::rules::{By, Filter, Sums, UnitKind};
use super::recorded::{id, meant, real};
use crate::platform::db::{Conn, Uid};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

#[derive(QueryableByName)]
struct LabelRow {
    #[diesel(sql_type = Nullable<Text>)]
    label: Option<String>,
    #[diesel(sql_type = BigInt)]
    collected: i64,
    #[diesel(sql_type = BigInt)]
    emergency: i64,
    #[diesel(sql_type = BigInt)]
    ml: i64,
    #[diesel(sql_type = BigInt)]
    ml350plus: i64,
}

/// Units and millilitres of each group, component or volume; the other sums are not known this way.
pub(in crate::totals) fn by_label(
    conn: &mut Conn,
    filter: &Filter,
    by: By,
) -> QueryResult<Vec<(Option<String>, Sums)>> {
    let label = match by {
        By::BloodGroup => "t.blood_group",
        By::Component => "t.component",
        _ => "CAST(COALESCE(t.bag_ml, t.volume_ml) AS TEXT)",
    };
    let meant = meant(filter.reach, "mobilised_by");
    let text = format!(
        "SELECT {label} AS label, COUNT(*) AS collected, \
         SUM(CASE WHEN t.kind = 'emergency' THEN 1 ELSE 0 END) AS emergency, SUM(t.volume_ml) AS ml, \
         SUM(CASE WHEN COALESCE(t.bag_ml, t.volume_ml) >= 350 THEN 1 ELSE 0 END) AS ml350plus \
         FROM donations t WHERE {meant} \
         AND ($4 IS NULL OR t.drive IN (SELECT id FROM drives WHERE main_programme = $4)) \
         AND ($5 IS NULL OR t.kind = $5) AND t.voided_at IS NULL GROUP BY {label} ORDER BY 1"
    );
    let rows: Vec<LabelRow> = diesel::sql_query(text)
        .bind::<Date, _>(filter.period.from)
        .bind::<Date, _>(filter.period.to)
        .bind::<Nullable<Uid>, _>(id(filter.reach))
        .bind::<Nullable<Uid>, _>(filter.programme)
        .bind::<Nullable<Text>, _>(filter.kind.map(UnitKind::as_str))
        .load(conn)?;
    Ok(rows.into_iter().map(sums).collect())
}

fn sums(row: LabelRow) -> (Option<String>, Sums) {
    let sums = Sums {
        collected: real(row.collected),
        emergency: real(row.emergency),
        ml: real(row.ml),
        ml350plus: real(row.ml350plus),
        ..Sums::default()
    };
    (row.label, sums)
}
