//! What each wave of a call asked and heard, and what was expected of it.
use super::review::{Asked, RingReview, rings};
use crate::platform::clock::Moment;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One ask with the wave it went out in.
#[derive(Debug, Clone, Copy)]
pub(in crate::calls) struct AskOfWave {
    /// From 1; 0 for who was only telephoned.
    pub(in crate::calls) wave: i32,
    /// When.
    pub(in crate::calls) sent_at: Moment,
    /// How likely a yes was held to be.
    pub(in crate::calls) chance: Option<f64>,
    /// From how far, and what became of it.
    pub(in crate::calls) asked: Asked,
}

/// One wave.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(in crate::calls) struct WaveReview {
    /// From 1.
    pub(in crate::calls) wave: i32,
    /// When it went out.
    pub(in crate::calls) sent_at: Moment,
    /// How many were expected to say yes when it went out, with one decimal.
    pub(in crate::calls) expected_yes: f64,
    /// Whom it asked and what they said, nearest first.
    pub(in crate::calls) rings: Vec<RingReview>,
}

/// The waves of these asks in their order; who was only telephoned is in none.
pub(in crate::calls) fn waves(sent: &[AskOfWave]) -> Vec<WaveReview> {
    let mut waves: BTreeMap<i32, Vec<&AskOfWave>> = BTreeMap::new();
    for one in sent.iter().filter(|one| one.wave > 0) {
        waves.entry(one.wave).or_default().push(one);
    }
    let review = |(wave, sent): (i32, Vec<&AskOfWave>)| {
        let sent_at = sent.iter().map(|one| one.sent_at).min()?;
        let chances: f64 = sent.iter().filter_map(|one| one.chance).sum();
        let asked: Vec<Asked> = sent.iter().map(|one| one.asked).collect();
        Some(WaveReview {
            wave,
            sent_at,
            expected_yes: (chances * 10.0).round() / 10.0,
            rings: rings(&asked),
        })
    };
    waves.into_iter().filter_map(review).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::model::{Answer, Ring};
    use chrono::{DateTime, TimeDelta};

    fn sent(wave: i32, answer: Option<Answer>, ring: Ring) -> AskOfWave {
        let start: Moment = DateTime::from_timestamp(1_800_000_000, 0).unwrap().into();
        let sent_at = start + TimeDelta::minutes(i64::from(wave) * 10);
        AskOfWave {
            wave,
            sent_at,
            chance: Some(0.24),
            asked: Asked {
                ring,
                answer,
                answered_at: None,
                has_given: false,
            },
        }
    }

    #[test]
    fn waves_stand_in_their_order_with_what_was_expected_of_each_and_what_it_heard() {
        let told = [
            sent(2, None, Ring::Near),
            sent(1, Some(Answer::Yes), Ring::Reserve),
            sent(1, Some(Answer::No), Ring::Near),
            sent(1, None, Ring::Near),
            sent(0, Some(Answer::Yes), Ring::Telephone),
        ];
        let waves = waves(&told);
        let numbers: Vec<i32> = waves.iter().map(|wave| wave.wave).collect();
        assert_eq!(numbers, [1, 2], "who was telephoned is in no wave");
        let first = waves.first().unwrap();
        assert_eq!(first.expected_yes.to_string(), "0.7");
        let rings: Vec<(Ring, i64, i64, i64, i64)> = first
            .rings
            .iter()
            .map(|ring| (ring.ring, ring.asked, ring.yes, ring.no, ring.silent))
            .collect();
        assert_eq!(
            rings,
            [(Ring::Reserve, 1, 1, 0, 0), (Ring::Near, 2, 0, 1, 1)]
        );
    }
}
