//! The rows of totals: by place in the tree, body, programme, month, kind, group, component or volume.
use super::super::rules::{As, By, Filter, Keyed, Line, Reach, Sums, UnitKind, held, months};
use super::super::store;
use super::totals::Ground;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId};
use diesel::QueryResult;
use std::collections::HashMap;

/// The rows asked for, without what was declared.
pub(super) fn rows(conn: &mut Conn, ground: &Ground) -> QueryResult<Vec<Line>> {
    Ok(match ground.request.by {
        None => Vec::new(),
        Some(By::Month) => by_month(ground),
        Some(By::Kind) => by_kind(conn, ground)?,
        Some(By::Programme) => by_programme(conn, ground)?,
        Some(By::Organisation) => by_branch(conn, ground)?,
        Some(By::Body) => by_body(conn, ground)?,
        Some(by) => by_label(conn, ground, by)?,
    })
}

fn by_month(ground: &Ground) -> Vec<Line> {
    let months = months(ground.request.period).into_iter();
    months
        .map(|month| Line {
            key: Some(month.from.format("%Y-%m").to_string()),
            sums: ground.held(month),
            ..Line::default()
        })
        .collect()
}

fn by_kind(conn: &mut Conn, ground: &Ground) -> QueryResult<Vec<Line>> {
    let mut lines = Vec::new();
    for kind in [UnitKind::Planned, UnitKind::Emergency] {
        let filter = Filter {
            kind: Some(kind),
            ..ground.filter()
        };
        if ground.request.kind.is_some_and(|asked| asked != kind) {
            continue;
        }
        let (days, repeats) = (store::days(conn, &filter)?, store::repeats(conn, &filter)?);
        let share = |place| ground.share(place);
        lines.push(Line {
            key: Some(kind.as_str().to_owned()),
            sums: held(&days, &repeats, filter.period, share),
            ..Line::default()
        });
    }
    Ok(lines)
}

fn by_programme(conn: &mut Conn, ground: &Ground) -> QueryResult<Vec<Line>> {
    let mut sums: HashMap<Option<AnyId>, Sums> = HashMap::new();
    for row in store::keyed(conn, &ground.filter(), By::Programme)? {
        let share = ground.share(row.place);
        sums.entry(row.key).or_default().add(&row.sums, share);
    }
    let names = store::programme_names(conn)?;
    let line = |(key, sums): (Option<AnyId>, Sums)| Line {
        key: key.map(|key| key.to_string()),
        name: key.and_then(|key| names.get(&key).cloned()),
        sums,
        ..Line::default()
    };
    Ok(sums.into_iter().map(line).collect())
}

/// The bodies directly below the scope; what bodies mobilised is told by who organised it.
fn by_branch(conn: &mut Conn, ground: &Ground) -> QueryResult<Vec<Line>> {
    let mut sums: HashMap<OrganisationId, Sums> = HashMap::new();
    for row in store::keyed(conn, &ground.filter(), By::Organisation)? {
        for (body, share) in branches(ground, &row) {
            sums.entry(body).or_default().add(&row.sums, share);
        }
    }
    Ok(sums.into_iter().map(body_line).collect())
}

fn branches(ground: &Ground, row: &Keyed) -> Vec<(OrganisationId, f64)> {
    let Some(AnyId(organiser)) = row.key else {
        return Vec::new();
    };
    let (organiser, tree) = (OrganisationId(organiser), &ground.tree);
    if let Reach::Mobilised(_) = ground.reach {
        return vec![(organiser, ground.share(row.place))];
    }
    if ground.request.r#as == As::Then {
        return vec![(tree.branch(organiser, ground.body), 1.0)];
    }
    tree.today(organiser)
        .into_iter()
        .filter(|(body, _)| ground.body.is_none_or(|above| tree.is_within(*body, above)))
        .map(|(body, share)| (tree.branch(body, ground.body), share))
        .collect()
}

fn by_body(conn: &mut Conn, ground: &Ground) -> QueryResult<Vec<Line>> {
    let mut sums: HashMap<OrganisationId, Sums> = HashMap::new();
    for row in store::keyed(conn, &ground.filter(), By::Body)? {
        let Some(AnyId(body)) = row.key else { continue };
        let whole = ground.share(row.place);
        let parts = match ground.request.r#as {
            As::Then => vec![(body.into(), 1.0)],
            As::Now => ground.tree.today(body.into()),
        };
        for (body, share) in parts {
            sums.entry(body).or_default().add(&row.sums, share * whole);
        }
    }
    Ok(sums.into_iter().map(body_line).collect())
}

fn body_line((body, sums): (OrganisationId, Sums)) -> Line {
    Line {
        key: Some(body.to_string()),
        body: Some(body),
        sums,
        ..Line::default()
    }
}

fn by_label(conn: &mut Conn, ground: &Ground, by: By) -> QueryResult<Vec<Line>> {
    let filter = Filter {
        reach: ground.reach,
        ..ground.filter()
    };
    let rows = store::by_label(conn, &filter, by)?.into_iter();
    Ok(rows
        .map(|(key, sums)| Line {
            key,
            sums,
            is_partial: true,
            ..Line::default()
        })
        .collect())
}

/// Drops rows in which nothing is, names bodies, and puts the largest first where there is no other order.
pub(super) fn finish(conn: &mut Conn, ground: &Ground, rows: &mut Vec<Line>) -> QueryResult<()> {
    let is_ordered = matches!(ground.request.by, Some(By::Month | By::Kind));
    if !is_ordered {
        rows.retain(|row| {
            row.sums != Sums::default() || !row.claims.is_empty() || !row.targets.is_empty()
        });
    }
    if rows.iter().any(|row| row.body.is_some()) {
        let names = store::names(conn)?;
        for row in rows.iter_mut() {
            let body = row.body.and_then(|body| names.get(&body));
            row.name = body.map(|(name, _)| name.clone());
        }
    }
    if matches!(
        ground.request.by,
        Some(By::Organisation | By::Body | By::Programme)
    ) {
        rows.sort_by(|one, other| {
            let most = other.sums.collected.total_cmp(&one.sums.collected);
            most.then_with(|| (&one.name, &one.key).cmp(&(&other.name, &other.key)))
        });
    }
    Ok(())
}
