//! Lays declared figures and targets beside the lines they speak of.
use super::super::rules::{As, By, Claim, Figure, Filter, Line, Reach, Scope, Sums, held, months};
use super::super::store;
use super::totals::Ground;
use crate::organisations;
use crate::organisations::declared::Period;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use diesel::QueryResult;

/// Attaches figures and targets to the total and the rows; none speak of a single programme or kind.
pub(super) fn attach(
    conn: &mut Conn,
    ground: &Ground,
    total: &mut Line,
    rows: &mut Vec<Line>,
) -> QueryResult<()> {
    let request = &ground.request;
    if request.programme.is_some() || request.kind.is_some() {
        return Ok(());
    }
    for figure in store::figures(conn, request.scope, ground.body, request.period)? {
        let is_own =
            matches!(request.scope, Scope::Cluster(_)) || figure.organisation == ground.body;
        if is_own {
            own(conn, ground, figure, (&mut *total, &mut *rows))?;
        } else if let Some(body) = figure.organisation {
            foreign(conn, ground, (body, figure), (&mut *total, &mut *rows))?;
        }
    }
    aim(conn, ground, total, rows)
}

type Lines<'a> = (&'a mut Line, &'a mut Vec<Line>);

/// The scope's own figure: it bears on the whole, and on the month it lies in.
fn own(
    conn: &mut Conn,
    ground: &Ground,
    figure: Figure,
    (total, rows): Lines<'_>,
) -> QueryResult<()> {
    let sums = match ground.request.r#as {
        As::Then => ground.held(figure.period),
        As::Now => recorded(conn, ground.reach, figure.period)?,
    };
    let claim = claim(figure, 1.0, &sums);
    if ground.request.by == Some(By::Month) {
        let months = months(ground.request.period);
        let row = months
            .iter()
            .zip(rows)
            .find(|(month, _)| month.contains(claim.figure.period));
        if let Some((_, row)) = row {
            row.claims.push(claim.clone());
        }
    }
    total.claims.push(claim);
    Ok(())
}

/// Another body's figure: it bears on that body's row, or today on those that follow it.
fn foreign(
    conn: &mut Conn,
    ground: &Ground,
    (body, figure): (OrganisationId, Figure),
    (total, rows): Lines<'_>,
) -> QueryResult<()> {
    let is_rolled = ground.request.r#as == As::Now && ground.tree.has_heirs(body);
    if !is_rolled && !is_by_body(ground) {
        return Ok(());
    }
    let kind = organisations::find(conn, body)?.kind;
    let sums = recorded(conn, Reach::of(body, kind), figure.period)?;
    if !is_rolled {
        if is_below(ground, body) {
            row(rows, body).claims.push(claim(figure, 1.0, &sums));
        }
        return Ok(());
    }
    roll(ground, (body, &figure), &sums, (total, rows));
    Ok(())
}

/// A body that ended lives on in its heirs, each with its share.
fn roll(
    ground: &Ground,
    (body, figure): (OrganisationId, &Figure),
    sums: &Sums,
    (total, rows): Lines<'_>,
) {
    let above = ground
        .body
        .filter(|above| !ground.tree.is_within(body, *above));
    if let Some(above) = above {
        let share = ground.tree.share(body, above);
        if share > 0.0 {
            total.claims.push(claim(figure.clone(), share, sums));
        }
    }
    if is_by_body(ground) {
        for (heir, share) in ground.tree.today(body) {
            if is_below(ground, heir) {
                let branch = ground.tree.branch(heir, ground.body);
                row(rows, branch)
                    .claims
                    .push(claim(figure.clone(), share, sums));
            }
        }
    }
}

fn is_by_body(ground: &Ground) -> bool {
    matches!(ground.request.by, Some(By::Organisation | By::Body))
}

fn is_below(ground: &Ground, body: OrganisationId) -> bool {
    ground
        .body
        .is_some_and(|above| ground.tree.is_within(body, above))
}

fn claim(figure: Figure, share: f64, sums: &Sums) -> Claim {
    Claim {
        recorded: sums.of(&figure.indicator),
        figure,
        share,
    }
}

/// The body's row, made where nothing was recorded.
fn row(rows: &mut Vec<Line>, body: OrganisationId) -> &mut Line {
    let at = rows.iter().position(|row| row.body == Some(body));
    let at = at.unwrap_or_else(|| {
        rows.push(Line {
            key: Some(body.to_string()),
            body: Some(body),
            ..Line::default()
        });
        rows.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "the place was just found or made")]
    &mut rows[at]
}

/// What a body held in a period, as it was.
fn recorded(conn: &mut Conn, reach: Reach, period: Period) -> QueryResult<Sums> {
    let filter = Filter {
        reach,
        period,
        programme: None,
        kind: None,
        r#as: As::Then,
    };
    let (days, repeats) = (store::days(conn, &filter)?, store::repeats(conn, &filter)?);
    Ok(held(&days, &repeats, period, |_| 1.0))
}

/// Targets are each body's own and never summed.
fn aim(
    conn: &mut Conn,
    ground: &Ground,
    total: &mut Line,
    rows: &mut Vec<Line>,
) -> QueryResult<()> {
    let (Some(body), false) = (
        ground.body,
        matches!(ground.request.scope, Scope::Cluster(_)),
    ) else {
        return Ok(());
    };
    let by_body = matches!(ground.request.by, Some(By::Organisation | By::Body));
    for target in store::targets(conn, body, ground.request.period)? {
        if target.organisation == body {
            total.targets.push(target);
        } else if by_body {
            row(rows, target.organisation).targets.push(target);
        }
    }
    Ok(())
}
