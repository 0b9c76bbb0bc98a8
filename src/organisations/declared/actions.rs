//! Units of work on what is declared.
use super::super::actions::guard;
use super::super::store as bodies;
use super::rules::{NewFigure, NewTarget, Period, Refusal, Subject};
use crate::organisations::store::declared::clusters::{self, Cluster, NewCluster};
use crate::organisations::store::declared::{figures, indicators, targets};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use crate::platform::problem::Problem;

/// Under which id and when a number is written, and who stands by it.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// The row's id.
    pub id: AnyId,
    /// This moment.
    pub now: Moment,
    /// Who signs; none for what a demonstration brings along.
    pub by: Option<PersonId>,
    /// Whether a number that was signed may be replaced by another.
    pub may_overrule: bool,
}

/// Declares a number in place of the one for the same indicator and period; a signed one stands.
pub fn put_figure(
    conn: &mut Conn,
    subject: Subject,
    new: &NewFigure,
    pen: Pen,
) -> Result<(), Problem> {
    check_indicator(conn, &new.indicator)?;
    if let Subject::Organisation(id) = subject {
        check_existence(conn, id, new.period)?;
    }
    let signed = (pen.by, pen.now);
    let Some(before) = figures::same(conn, subject, new)? else {
        return Ok(figures::insert(conn, pen.id, subject, new, signed)?);
    };
    let is_same = before.value.total_cmp(&new.value).is_eq() && before.exactness == new.exactness;
    let keeps = is_same && new.is_signed;
    if before.signed_at.is_some() && !keeps && !pen.may_overrule {
        return Err(Refusal::Signed.into());
    }
    Ok(figures::update(conn, before.id, new, signed)?)
}

/// Sets a target in place of the one for the same indicator, period and kind.
pub fn put_target(
    conn: &mut Conn,
    organisation: OrganisationId,
    new: &NewTarget,
    pen: Pen,
) -> Result<(), Problem> {
    check_indicator(conn, &new.indicator)?;
    check_existence(conn, organisation, new.period)?;
    if let Some(assigner) = new.assigned_by {
        bodies::find(conn, assigner)?;
    }
    Ok(targets::put(conn, pen.id, organisation, new, pen.now)?)
}

/// Adds a cluster whose members all stand below the body that compares.
pub(super) fn create_cluster(
    conn: &mut Conn,
    new: &NewCluster,
    callers: &[OrganisationId],
    now: Moment,
) -> Result<Cluster, Problem> {
    guard(conn, callers, new.organisation)?;
    for member in &new.members {
        if !bodies::above(conn, *member)?.contains(&new.organisation) {
            return Err(Refusal::MemberElsewhere.into());
        }
    }
    clusters::insert_cluster(conn, new, now)?;
    Ok(clusters::find(conn, new.id)?)
}

fn check_indicator(conn: &mut Conn, slug: &str) -> Result<(), Problem> {
    if indicators::exists(conn, slug)? {
        Ok(())
    } else {
        Err(Refusal::NoSuchIndicator.into())
    }
}

fn check_existence(
    conn: &mut Conn,
    organisation: OrganisationId,
    period: Period,
) -> Result<(), Problem> {
    let body = bodies::find(conn, organisation)?;
    let is_before = body.valid_from.is_some_and(|first| period.to < first);
    let is_after = body.valid_to.is_some_and(|last| last < period.from);
    if is_before || is_after {
        Err(Refusal::NotThere.into())
    } else {
        Ok(())
    }
}
