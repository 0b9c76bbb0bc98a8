//! Which way a call goes, by how many could give; and why it leaves out whom it does.
use super::picking::Search;
use super::waves::Manner;
use crate::blood::{self, BloodGroup};
use crate::calls::model::{Call, CallPath, Scope};
use crate::calls::rules;
use crate::calls::store::{self, Why};
use crate::donors::reach::{self, Funnel};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use std::collections::BTreeMap;

/// How many candidates an explanation looks at one by one.
const EXPLAINED: usize = 2000;

/// Decides which way a call goes, by how many could give within reach.
pub(super) fn assess(conn: &mut Conn, call: Call, manner: &Manner) -> Result<Call, Problem> {
    let search = Search::of(conn, &call, (call.changed_at, manner))?;
    let groups: Vec<BloodGroup> =
        blood::donors_for(call.component, call.blood_group, call.widening());
    let factor = manner.calls.rare_factor;
    let enough = usize::try_from(call.units).unwrap_or_default() * factor;
    let near = reach::nearest(conn, &search.need(enough)?)?.len();
    let (path, scope) = if rules::is_rare(&groups, near, (call.units, factor)) {
        (CallPath::Rare, Scope::Province)
    } else {
        (CallPath::Ordinary, Scope::Reach)
    };
    Ok(Call {
        path,
        scope: scope.max(call.scope),
        ..call
    })
}

/// How many donors a call leaves out, and why; each is counted once, at the first reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::calls) struct LeftOut {
    /// Those whose own facts keep them.
    pub(in crate::calls) funnel: Funnel,
    /// Those whom something else keeps at this moment.
    pub(in crate::calls) why: BTreeMap<Why, i64>,
    /// Those who may be asked now.
    pub(in crate::calls) may_be_asked: i64,
}

/// Explains whom a call does not ask within reach.
pub(in crate::calls) fn left_out(
    conn: &mut Conn,
    call: &Call,
    (now, manner): (Moment, &Manner),
) -> Result<LeftOut, Problem> {
    let search = Search::of(conn, call, (now, manner))?;
    let need = search.need(EXPLAINED)?;
    let mut funnel = reach::funnel(conn, &need)?;
    let near = reach::nearest(conn, &need)?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    // Squares at the edge reach a little farther than the circle.
    if near.len() < EXPLAINED {
        funnel.too_far += funnel.left - number(near.len());
        funnel.left = number(near.len());
    }
    let persons: Vec<PersonId> = near.iter().map(|one| one.person).collect();
    let mut why: BTreeMap<Why, i64> = BTreeMap::new();
    for reason in store::reasons(conn, &persons, &search.peace())?.into_values() {
        *why.entry(reason).or_default() += 1;
    }
    let kept: i64 = why.values().sum();
    Ok(LeftOut {
        may_be_asked: funnel.left - kept,
        funnel,
        why,
    })
}
