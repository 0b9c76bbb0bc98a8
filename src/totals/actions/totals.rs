//! Totals of a scope and period, whole and by rows.
use super::super::rules::{
    As, By, Day, Filter, Line, Reach, Repeat, Request, Scope, Sums, Tree, held,
};
use super::super::store::{self, Indicator};
use super::{claims, rows};
use crate::organisations::declared::{Period, Refusal};
use crate::organisations::{self, Organisation};
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::{Kind, Problem};
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::HashMap;

/// What was asked and found.
#[derive(Debug)]
pub(in crate::totals) struct Totals {
    pub(in crate::totals) request: Request,
    /// The scope's name; none for the nation.
    pub(in crate::totals) name: Option<String>,
    pub(in crate::totals) total: Line,
    pub(in crate::totals) rows: Vec<Line>,
    pub(in crate::totals) indicators: Vec<Indicator>,
}

/// Everything that is looked up once for a request.
pub(super) struct Ground {
    pub(super) request: Request,
    /// The body that answers for the scope; none for a nation without one.
    pub(super) body: Option<OrganisationId>,
    pub(super) reach: Reach,
    pub(super) tree: Tree,
    pub(super) days: Vec<Day>,
    pub(super) repeats: Vec<Repeat>,
    shares: HashMap<OrganisationId, f64>,
}

impl Ground {
    /// How much of a place counts for the scope.
    pub(super) fn share(&self, place: Option<OrganisationId>) -> f64 {
        place.map_or(1.0, |place| {
            let known = self.shares.get(&place).copied();
            known.unwrap_or_else(|| self.share_of(place))
        })
    }

    fn share_of(&self, place: OrganisationId) -> f64 {
        match self.request.scope {
            Scope::Organisation(scope) => self.tree.share(place, scope),
            Scope::Nation | Scope::Cluster(_) => 1.0,
        }
    }

    pub(super) fn held(&self, period: Period) -> Sums {
        held(&self.days, &self.repeats, period, |place| self.share(place))
    }

    /// What to ask of the tallies.
    pub(super) fn filter(&self) -> Filter {
        filter(&self.request, self.reach)
    }
}

fn filter(request: &Request, reach: Reach) -> Filter {
    let is_weighed = request.r#as == As::Now;
    Filter {
        reach: if is_weighed { reach.unbounded() } else { reach },
        period: request.period,
        programme: request.programme,
        kind: request.kind,
        r#as: request.r#as,
    }
}

/// Totals of what the request asks, for a caller who may see `bodies` and all below them.
pub(in crate::totals) fn totals(
    conn: &mut Conn,
    mut request: Request,
    bodies: &[OrganisationId],
    today: NaiveDate,
) -> Result<Totals, Problem> {
    let (body, cluster) = store::scope_body(conn, request.scope)?;
    let answering = body.ok_or(&Kind::NOT_FOUND)?;
    if !organisations::covers(conn, bodies, answering)? {
        return Err((&Kind::NOT_FOUND).into());
    }
    let found = organisations::find(conn, answering)?;
    if let Scope::Organisation(_) = request.scope {
        check_existence(&found, &request, today)?;
    }
    if let Scope::Cluster(_) = request.scope {
        // A cluster is its members as they are.
        request.r#as = As::Then;
    }
    let reach = reach(request.scope, &found);
    let name = cluster.or_else(|| Some(found.name).filter(|_| request.scope != Scope::Nation));
    Ok(with(conn, request, (answering, reach), name)?)
}

fn with(
    conn: &mut Conn,
    request: Request,
    (body, reach): (OrganisationId, Reach),
    name: Option<String>,
) -> QueryResult<Totals> {
    let ground = ground(conn, request, body, reach)?;
    let mut total = Line {
        sums: ground.held(request.period),
        body: Some(body),
        name: name.clone(),
        ..Line::default()
    };
    let mut rows = rows::rows(conn, &ground)?;
    claims::attach(conn, &ground, &mut total, &mut rows)?;
    rows::finish(conn, &ground, &mut rows)?;
    Ok(Totals {
        request,
        name,
        total,
        rows,
        indicators: store::indicators(conn)?,
    })
}

fn ground(
    conn: &mut Conn,
    request: Request,
    body: OrganisationId,
    reach: Reach,
) -> QueryResult<Ground> {
    let is_by_tree = matches!(request.by, Some(By::Organisation | By::Body));
    let tree = if request.r#as == As::Now || is_by_tree {
        store::tree(conn)?
    } else {
        Tree::default()
    };
    let filter = filter(&request, reach);
    let mut ground = Ground {
        request,
        body: Some(body),
        reach,
        tree,
        days: store::days(conn, &filter)?,
        repeats: store::repeats(conn, &filter)?,
        shares: HashMap::new(),
    };
    let mut places: Vec<_> = ground.days.iter().filter_map(|day| day.place).collect();
    places.sort_unstable();
    places.dedup();
    ground.shares = places
        .into_iter()
        .map(|place| (place, ground.share_of(place)))
        .collect();
    Ok(ground)
}

fn reach(scope: Scope, body: &Organisation) -> Reach {
    match scope {
        Scope::Nation => Reach::All,
        Scope::Organisation(id) => Reach::of(id, body.kind),
        Scope::Cluster(id) => Reach::Cluster(id),
    }
}

/// As they were: only bodies that existed in the period; as they are: only bodies that exist today.
fn check_existence(
    body: &Organisation,
    request: &Request,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let period = match request.r#as {
        As::Then => request.period,
        As::Now => Period {
            from: today,
            to: today,
        },
    };
    let is_before = body.valid_from.is_some_and(|first| period.to < first);
    let is_after = body.valid_to.is_some_and(|last| last < period.from);
    if is_before || is_after {
        return Err(Refusal::NotThere);
    }
    Ok(())
}
