//! What the answers to calls teach: learnt every night from those of calls that are filled or over.
use super::waves::Manner;
use crate::calls::model::{Answer, CallState, Ring};
use crate::calls::store::{self, Lesson, PastAsk, Rate};
use crate::calls::waves::{Asked, Chance, Delay, Habit, Learnt, Pace, Priors, Said, Seen, Traits};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use chrono::TimeDelta;
use diesel::QueryResult;

impl Manner {
    /// What is believed while nothing was learnt.
    fn believed(&self) -> Learnt {
        let waves = &self.calls.waves;
        let priors = Priors {
            reserve: Chance::of(waves.reserve_chance),
            others: Chance::of(waves.others_chance),
            firmness: waves.believed_answers,
            common_firmness: waves.alike_answers,
            own_firmness: waves.own_answers,
        };
        Learnt::nothing(Delay::new(waves.answer_minutes, waves.answer_shape), priors)
    }

    /// What the answers so far taught.
    pub(super) fn learnt(&self, conn: &mut Conn) -> QueryResult<Learnt> {
        let believed = self.believed();
        let Some((lesson, rates)) = store::lesson(conn)? else {
            return Ok(believed);
        };
        let delay = Delay::new(lesson.median_minutes, lesson.shape);
        let mut learnt = Learnt {
            delay: delay.refused_by(Chance::of(lesson.refusing)),
            ..believed
        };
        learnt.priors.own_firmness = lesson.own_firmness;
        learnt.rates.extend(rates.iter().map(seen));
        Ok(learnt)
    }

    /// How waves go out, when answers come so soon.
    pub(super) fn pace(&self, delay: Delay) -> Pace {
        let waves = &self.calls.waves;
        Pace {
            fill: Chance::of(waves.fill_chance),
            waves: waves.counted,
            delay,
            metres_per_minute: waves.travel_kmh * 1000.0 / 60.0,
            preparation: TimeDelta::minutes(waves.preparation_minutes),
            longest_wait: TimeDelta::minutes(waves.longest_minutes),
            shortest_wait: TimeDelta::minutes(waves.shortest_minutes),
        }
    }

    pub(super) fn traits(
        &self,
        (ring, distance_m): (Ring, i64),
        habit: Habit,
        at: Moment,
    ) -> Traits {
        let calls = &self.calls;
        Traits {
            is_reserve: ring == Ring::Reserve,
            habit,
            ring: band(distance_m, [calls.near_km, calls.within_km]),
            is_night: self.night().is_at(at),
        }
    }

    /// An ask as it is learnt from: waited for from when they heard of it until its call was filled or over, or until now.
    pub(super) fn asked(&self, past: &PastAsk, now: Moment) -> Asked<PersonId> {
        let heard_at = self.night().heard_at(past.asked_at, past.ring);
        let end = match past.state {
            CallState::Filled | CallState::Cancelled => past.changed_at,
            CallState::Expired => past.arrive_by,
            CallState::Submitted | CallState::Verified | CallState::Asking => now,
        };
        let end = end.min(past.arrive_by).max(heard_at);
        let said = past
            .answered_at
            .zip(past.answer)
            .filter(|(at, answer)| *at <= end && *answer != Answer::Late);
        let habit = Habit::from_index(past.habit.unwrap_or_default());
        Asked {
            who: past.person,
            traits: self.traits((past.ring, past.distance_m.into()), habit, heard_at),
            answer: said.map(|(at, answer)| Said {
                is_yes: answer == Answer::Yes,
                // Whoever looks into the app at night may answer before it rings.
                after: (*at - *heard_at).max(TimeDelta::zero()),
            }),
            open: *end - *heard_at,
        }
    }
}

/// In which band a distance lies: as many of these kilometres as it goes beyond.
fn band(distance_m: i64, kilometres: [f64; 2]) -> u8 {
    let metres = f64::from(i32::try_from(distance_m).unwrap_or(i32::MAX));
    let beyond = kilometres.iter().filter(|edge| metres > **edge * 1000.0);
    u8::try_from(beyond.count()).unwrap_or_default()
}

fn seen(rate: &Rate) -> (Traits, Seen) {
    let traits = Traits {
        is_reserve: rate.is_reserve,
        habit: Habit::from_index(rate.habit),
        ring: u8::try_from(rate.ring).unwrap_or_default(),
        is_night: rate.is_night,
    };
    (traits, Seen::sums(rate.yes, rate.asked))
}

fn rate((traits, seen): (Traits, Seen)) -> Rate {
    let (yes, asked) = seen.parts();
    Rate {
        is_reserve: traits.is_reserve,
        habit: traits.habit.index(),
        ring: traits.ring.into(),
        is_night: traits.is_night,
        yes,
        asked,
    }
}

/// What the asks of the last years teach at this moment.
pub(in crate::calls) fn study(
    conn: &mut Conn,
    (now, manner): (Moment, &Manner),
) -> QueryResult<(Lesson, Vec<Rate>)> {
    let since = now + TimeDelta::days(-manner.calls.waves.memory_days);
    let past = store::ended_asks(conn, since)?;
    let asked: Vec<Asked<PersonId>> = past.iter().map(|one| manner.asked(one, now)).collect();
    let learnt = manner.believed().after(&asked);
    let (median_minutes, shape, refusing) = learnt.delay.parts();
    let lesson = Lesson {
        learnt_at: now,
        asks: i32::try_from(asked.len()).unwrap_or(i32::MAX),
        median_minutes,
        shape,
        refusing,
        own_firmness: learnt.priors.own_firmness,
    };
    Ok((lesson, learnt.rates.each().map(rate).collect()))
}
