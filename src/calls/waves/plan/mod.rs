//! The next wave: the fewest who will do, and how long to wait for them.
use super::{Chance, Delay, Yeses};
use chrono::TimeDelta;
use std::cmp::Reverse;

/// What a call still needs.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// Units for which nobody has said yes.
    pub missing: usize,
    /// How long until donors must have come.
    pub left: TimeDelta,
}

/// A donor who was asked and has not answered.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// How likely they were to say yes when they were asked.
    pub chance: Chance,
    /// How long ago that was.
    pub silent: TimeDelta,
    /// How far they have to come.
    pub distance_m: i64,
}

/// A donor who may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<P> {
    /// Who.
    pub who: P,
    /// In which turn they are asked: the reserve before the near, the near before the far.
    pub turn: u8,
    /// How far they have to come.
    pub distance_m: i64,
    /// How likely they say yes, ever.
    pub chance: Chance,
}

/// How an installation asks.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How sure one wants to be that enough come by the deadline.
    pub fill: Chance,
    /// How many waves, this one among them, may be counted on for that, while there is time for them.
    pub waves: u32,
    /// How soon donors answer.
    pub delay: Delay,
    /// How fast they come.
    pub metres_per_minute: f64,
    /// What they need before they set out.
    pub preparation: TimeDelta,
    /// The wait between waves while there is time.
    pub longest_wait: TimeDelta,
    /// The wait when there is hardly any.
    pub shortest_wait: TimeDelta,
}

impl Pace {
    /// How long a donor so far away may take to answer, to be there in time; nothing or less when it is too late.
    fn time_to_answer(&self, left: TimeDelta, distance_m: i64) -> TimeDelta {
        let metres = f64::from(i32::try_from(distance_m.max(0)).unwrap_or(i32::MAX));
        let speed = if self.metres_per_minute > 1.0 {
            self.metres_per_minute
        } else {
            1.0
        };
        let minutes = (metres / speed).min(1e6).ceil();
        #[expect(clippy::cast_possible_truncation, reason = "at most a million")]
        let travel = TimeDelta::minutes(minutes as i64);
        left - self.preparation - travel
    }

    /// How sure one wants to be that this wave is enough by itself. If it is not there are others after it, as long as
    /// there is time to hear from them: with `n` waves that each fail so seldom, all fail as seldom as is wanted.
    fn fill_now(&self, left: TimeDelta) -> Chance {
        let answer = self
            .delay
            .most()
            .max(self.longest_wait)
            .max(TimeDelta::minutes(1));
        let time = self.time_to_answer(left, 0).num_minutes() / answer.num_minutes().max(1);
        let waves = u32::try_from(time.max(1))
            .unwrap_or(u32::MAX)
            .min(self.waves.max(1));
        Chance::of(self.fill.opposite().value().powf(1.0 / f64::from(waves))).opposite()
    }

    /// How likely they come in time.
    fn in_time<P>(&self, left: TimeDelta, offer: &Offer<P>) -> Chance {
        let time = self.time_to_answer(left, offer.distance_m);
        offer.chance.and(self.delay.within(time))
    }

    /// How likely they come in time after all.
    fn still_in_time(&self, left: TimeDelta, waiting: &Waiting) -> Chance {
        let until = waiting.silent + self.time_to_answer(left, waiting.distance_m);
        self.delay
            .yet_to_come(waiting.chance, waiting.silent, until)
    }
}

/// A call at the moment of a wave: what is missing, and what those who were asked may still bring.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    left: TimeDelta,
    pace: &'a Pace,
    yeses: Yeses,
}

impl<'a> Plan<'a> {
    /// How a call stands.
    pub fn of(need: &Need, waiting: &[Waiting], pace: &'a Pace) -> Self {
        let mut yeses = Yeses::towards(need.missing);
        for asked in waiting {
            yeses.ask(pace.still_in_time(need.left, asked));
        }
        Self {
            left: need.left,
            pace,
            yeses,
        }
    }

    /// Whether nobody need be asked now.
    pub fn is_enough(&self) -> bool {
        self.yeses.enough() >= self.pace.fill_now(self.left)
    }

    /// The smallest set whose chance to bring what is missing by the deadline, together with those who were asked and
    /// may still answer and with the waves there is time for after it, is what the pace wants: turn after turn, and in each the likeliest first. Who could not be there in time is never in it. Everybody, where even
    /// everybody will hardly do.
    pub fn wave<P: Ord + Copy>(mut self, offers: Vec<Offer<P>>) -> Vec<Offer<P>> {
        let enough = self.pace.fill_now(self.left);
        let mut wave = self.in_order(offers);
        let size = wave.iter().position(|(chance, _)| {
            let is_enough = self.yeses.enough() >= enough;
            self.yeses.ask(*chance);
            is_enough
        });
        wave.truncate(size.unwrap_or(wave.len()));
        wave.into_iter().map(|(_, offer)| offer).collect()
    }

    /// Those who could be there in time, each with the chance of it, in the order in which they are asked.
    fn in_order<P: Ord + Copy>(&self, offers: Vec<Offer<P>>) -> Vec<(Chance, Offer<P>)> {
        let each = offers.into_iter();
        let mut able: Vec<(Chance, Offer<P>)> = each
            .map(|offer| (self.pace.in_time(self.left, &offer), offer))
            .filter(|(chance, _)| *chance > Chance::NEVER)
            .collect();
        able.sort_unstable_by_key(|(chance, offer)| {
            let likeliest = Reverse(*chance);
            (offer.turn, likeliest, offer.distance_m, offer.who)
        });
        able
    }
}

/// How many candidates to look at for so many missing units: plenty for a wave, since hardly a donor is less likely than one
/// in twenty.
pub fn candidates(missing: usize) -> usize {
    missing.saturating_mul(20).clamp(80, 1000)
}

/// How long to wait for answers before the next wave, when so much time is left: a sixteenth of it, within the pace's
/// bounds; none when nobody could come any more after that.
pub fn wait(left: TimeDelta, pace: &Pace) -> Option<TimeDelta> {
    let shortest = pace.shortest_wait.max(TimeDelta::minutes(1));
    let longest = pace.longest_wait.max(shortest);
    let wait = (left / 16).clamp(shortest, longest);
    (pace.time_to_answer(left - wait, 0) > TimeDelta::zero()).then_some(wait)
}

#[cfg(test)]
mod tests;
