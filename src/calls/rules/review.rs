//! What a call shows afterwards: how long each step took, how many were asked for a unit, what each ring answered.
use crate::calls::model::{Answer, CallAct, CallState, Ring, Step};
use crate::platform::clock::Moment;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One ask, as far as a review needs it.
#[derive(Debug, Clone, Copy)]
pub(in crate::calls) struct Asked {
    /// From how far.
    pub(in crate::calls) ring: Ring,
    /// What they said.
    pub(in crate::calls) answer: Option<Answer>,
    /// When.
    pub(in crate::calls) answered_at: Option<Moment>,
    /// Whether they gave.
    pub(in crate::calls) has_given: bool,
}

/// Everything a review is made of.
#[derive(Debug, Clone)]
pub(in crate::calls) struct Story {
    /// Units needed.
    pub(in crate::calls) units: i32,
    /// When it was posted.
    pub(in crate::calls) created_at: Moment,
    /// Its history, oldest first.
    pub(in crate::calls) steps: Vec<Step>,
    /// Everyone asked.
    pub(in crate::calls) asks: Vec<Asked>,
}

/// How a ring answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub(in crate::calls) struct RingReview {
    /// From how far.
    pub(in crate::calls) ring: Ring,
    /// Donors asked.
    pub(in crate::calls) asked: i64,
    /// Those who came or would have come.
    pub(in crate::calls) yes: i64,
    /// Of them, those who would have come when it was filled.
    pub(in crate::calls) late: i64,
    /// Those who did not.
    pub(in crate::calls) no: i64,
    /// Those who said nothing.
    pub(in crate::calls) silent: i64,
}

/// What a call shows afterwards. Minutes count from the posting; null: it never came to that.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(in crate::calls) struct Review {
    /// Until a coordinator vouched for it.
    pub(in crate::calls) minutes_to_verify: Option<i64>,
    /// Until the first yes.
    pub(in crate::calls) minutes_to_first_yes: Option<i64>,
    /// Until enough had said yes for the first time.
    pub(in crate::calls) minutes_to_filled: Option<i64>,
    /// How often somebody dropped out after it was filled.
    pub(in crate::calls) reopened: i64,
    /// Donors asked.
    pub(in crate::calls) asked: i64,
    /// For each unit needed.
    pub(in crate::calls) asked_per_unit: f64,
    /// Donors who gave.
    pub(in crate::calls) donated: i64,
    /// What each ring answered; rings nobody was asked from are left out.
    pub(in crate::calls) rings: Vec<RingReview>,
}

/// Looks back on a call.
pub(in crate::calls) fn review(story: &Story) -> Review {
    let since = |at: Moment| (at - story.created_at).num_minutes();
    let moves = || story.steps.iter().filter(|step| step.act == CallAct::Moved);
    let first = |state| moves().find(|step| step.state == state);
    let reached = |state| first(state).map(|step| since(step.changed_at));
    let yes = story.asks.iter().filter(|ask| is_yes(ask.answer));
    let first_yes = yes.filter_map(|ask| ask.answered_at).min();
    let asking = moves().filter(|step| step.state == CallState::Asking);
    let asked = i64::try_from(story.asks.len()).unwrap_or(i64::MAX);
    let given = story.asks.iter().filter(|ask| ask.has_given).count();
    Review {
        minutes_to_verify: reached(CallState::Verified),
        minutes_to_first_yes: first_yes.map(since),
        minutes_to_filled: reached(CallState::Filled),
        reopened: i64::try_from(asking.skip(1).count()).unwrap_or(i64::MAX),
        asked,
        asked_per_unit: per_unit(asked, story.units.into()),
        donated: i64::try_from(given).unwrap_or(i64::MAX),
        rings: rings(&story.asks),
    }
}

/// With one decimal.
pub(in crate::calls) fn per_unit(asked: i64, units: i64) -> f64 {
    let tenths = (asked * 10 + units / 2).checked_div(units);
    let tenths = tenths.and_then(|tenths| i32::try_from(tenths).ok());
    f64::from(tenths.unwrap_or_default()) / 10.0
}

fn is_yes(answer: Option<Answer>) -> bool {
    matches!(answer, Some(Answer::Yes | Answer::Late))
}

/// What each ring of these asks answered, nearest first.
pub(in crate::calls) fn rings(asks: &[Asked]) -> Vec<RingReview> {
    let mut rings: BTreeMap<Ring, RingReview> = BTreeMap::new();
    for ask in asks {
        let ring = rings.entry(ask.ring).or_insert(RingReview {
            ring: ask.ring,
            asked: 0,
            yes: 0,
            late: 0,
            no: 0,
            silent: 0,
        });
        ring.asked += 1;
        ring.yes += i64::from(is_yes(ask.answer));
        ring.late += i64::from(ask.answer == Some(Answer::Late));
        ring.no += i64::from(ask.answer == Some(Answer::No));
        ring.silent += i64::from(ask.answer.is_none());
    }
    rings.into_values().collect()
}

/// The middle one; of an even number the lower of the two.
pub(in crate::calls) fn median(mut minutes: Vec<i64>) -> Option<i64> {
    minutes.sort_unstable();
    let middle = minutes.len().checked_sub(1)? / 2;
    minutes.get(middle).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::id::AnyId;
    use chrono::{DateTime, TimeDelta};
    use uuid::Uuid;

    fn at(minutes: i64) -> Moment {
        let start: Moment = DateTime::from_timestamp(1_800_000_000, 0).unwrap().into();
        start + TimeDelta::minutes(minutes)
    }

    fn step(state: CallState, minutes: i64) -> Step {
        Step {
            id: AnyId(Uuid::nil()),
            call: Uuid::nil().into(),
            state,
            note: None,
            changed_by: None,
            changed_at: at(minutes),
            act: CallAct::Moved,
            amount: None,
        }
    }

    fn asked(ring: Ring, answer: Option<(Answer, i64)>) -> Asked {
        Asked {
            ring,
            answer: answer.map(|(answer, _)| answer),
            answered_at: answer.map(|(_, minutes)| at(minutes)),
            has_given: false,
        }
    }

    #[test]
    fn a_call_that_was_filled_and_opened_again_says_so() {
        use CallState::{Asking, Filled, Submitted, Verified};
        let states = [Submitted, Verified, Asking, Filled, Asking, Filled];
        let steps = states.into_iter().zip([0, 4, 4, 31, 60, 75]);
        let story = Story {
            units: 2,
            created_at: at(0),
            steps: steps.map(|(state, minutes)| step(state, minutes)).collect(),
            asks: vec![
                asked(Ring::Near, Some((Answer::Yes, 31))),
                asked(Ring::Reserve, Some((Answer::Yes, 9))),
                asked(Ring::Near, Some((Answer::Late, 40))),
                asked(Ring::Near, Some((Answer::No, 5))),
                asked(Ring::Near, None),
            ],
        };
        let review = review(&story);
        assert_eq!(
            (review.minutes_to_verify, review.minutes_to_first_yes),
            (Some(4), Some(9))
        );
        assert_eq!((review.minutes_to_filled, review.reopened), (Some(31), 1));
        assert_eq!(review.asked, 5);
        assert_eq!(review.asked_per_unit.to_string(), "2.5");
        let near = review.rings.last().unwrap();
        assert_eq!(
            (near.asked, near.yes, near.late, near.no, near.silent),
            (4, 2, 1, 1, 1)
        );
        assert_eq!(review.rings.first().unwrap().ring, Ring::Reserve);
    }

    #[test]
    fn what_never_happened_took_no_time() {
        let story = Story {
            units: 4,
            created_at: at(0),
            steps: vec![step(CallState::Submitted, 0)],
            asks: Vec::new(),
        };
        let review = review(&story);
        assert_eq!(review.minutes_to_verify, None);
        assert_eq!(review.minutes_to_filled, None);
        assert!(review.rings.is_empty() && review.asked == 0);
    }

    #[test]
    fn the_middle_of_some_minutes_is_one_of_them() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![9, 1, 5]), Some(5));
        assert_eq!(median(vec![9, 1, 5, 7]), Some(5));
        assert_eq!(per_unit(7, 0).to_string(), "0");
    }
}
