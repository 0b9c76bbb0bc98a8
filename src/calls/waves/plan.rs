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
    /// How long ago they heard of it; less than nothing where they sleep and will hear later.
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
    /// How long until they hear of it: who is asked at night may sleep.
    pub hears_in: TimeDelta,
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
        let time = self.time_to_answer(left - offer.hears_in, offer.distance_m);
        offer.chance.and(self.delay.within(time))
    }

    /// How likely they come in time after all.
    fn still_in_time(&self, left: TimeDelta, waiting: &Waiting) -> Chance {
        let until = waiting.silent + self.time_to_answer(left, waiting.distance_m);
        self.delay
            .yet_to_come(waiting.chance, waiting.silent.max(TimeDelta::zero()), until)
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pace() -> Pace {
        Pace {
            fill: Chance::of(0.9),
            waves: 1,
            delay: Delay::new(20.0, 1.2),
            metres_per_minute: 400.0,
            preparation: TimeDelta::minutes(15),
            longest_wait: TimeDelta::minutes(30),
            shortest_wait: TimeDelta::minutes(5),
        }
    }

    fn offers(chances: &[f64]) -> Vec<Offer<usize>> {
        let numbered = chances.iter().enumerate();
        numbered
            .map(|(who, chance)| Offer {
                who,
                turn: [0, 1, 2, 3][who % 4],
                distance_m: 1000 * i64::try_from(who % 17).unwrap(),
                chance: Chance::of(*chance),
                hears_in: TimeDelta::zero(),
            })
            .collect()
    }

    fn waiting(asked: &[(f64, i64)]) -> Vec<Waiting> {
        let each = asked.iter();
        each.map(|(chance, minutes)| Waiting {
            chance: Chance::of(*chance),
            silent: TimeDelta::minutes(*minutes),
            distance_m: 3000,
        })
        .collect()
    }

    fn need(missing: usize, hours: i64) -> Need {
        Need {
            missing,
            left: TimeDelta::hours(hours),
        }
    }

    fn next_wave(
        need: &Need,
        asked: &[Waiting],
        offers: Vec<Offer<usize>>,
        pace: &Pace,
    ) -> Vec<Offer<usize>> {
        let plan = Plan::of(need, asked, pace);
        let is_enough = plan.is_enough();
        let wave = plan.wave(offers);
        assert!(!is_enough || wave.is_empty());
        wave
    }

    fn wave(need: Need, asked: &[(f64, i64)], chances: &[f64]) -> Vec<Offer<usize>> {
        next_wave(&need, &waiting(asked), offers(chances), &pace())
    }

    #[test]
    fn nothing_missing_asks_nobody_and_one_unit_asks_about_nine() {
        assert!(wave(need(0, 9), &[], &[0.25; 50]).is_empty());
        assert_eq!(wave(need(1, 200), &[], &[0.25; 50]).len(), 9);
        assert_eq!(wave(need(1, 200), &[], &[1.0; 50]).len(), 1);
    }

    #[test]
    fn while_there_is_time_for_more_waves_each_need_not_be_enough_by_itself() {
        let pace = Pace { waves: 3, ..pace() };
        let size = |minutes| {
            let need = Need {
                missing: 2,
                left: TimeDelta::minutes(minutes),
            };
            let far = Offer {
                distance_m: 0,
                ..offers(&[0.25])[0]
            };
            next_wave(&need, &[], vec![far; 90], &pace).len()
        };
        // Three of four answers come within 50 minutes, and 15 pass before anybody sets out.
        assert!(pace.fill_now(TimeDelta::minutes(100)) == Chance::of(0.1).opposite());
        assert!((pace.fill_now(TimeDelta::minutes(120)).value() - 0.684).abs() < 0.001);
        assert!((pace.fill_now(TimeDelta::minutes(900)).value() - 0.536).abs() < 0.001);
        assert!(size(900) <= 8 && size(120) > size(900) && size(100) > size(120));
        assert!(size(50) > size(100));
    }

    #[test]
    fn who_sleeps_is_counted_on_from_when_they_wake() {
        let left = TimeDelta::minutes(200);
        let sleeps = |minutes: i64| Waiting {
            chance: Chance::of(0.5),
            silent: TimeDelta::minutes(-minutes),
            distance_m: 0,
        };
        let asleep = Offer {
            hears_in: TimeDelta::minutes(100),
            ..offers(&[0.5])[0]
        };
        let pace = pace();
        let chance = pace.in_time(left, &asleep);
        assert!(chance < pace.in_time(left, &offers(&[0.5])[0]));
        let difference = chance.value() - pace.still_in_time(left, &sleeps(100)).value();
        assert!(difference.abs() < 1e-9, "before and after they were asked");
        let late = Offer {
            hears_in: TimeDelta::minutes(190),
            ..asleep
        };
        assert_eq!(pace.in_time(left, &late), Chance::NEVER);
    }

    #[test]
    fn answers_that_may_still_come_are_counted_on_and_long_silence_is_not() {
        let size = |silent| wave(need(1, 200), &[(0.25, silent); 9], &[0.25; 50]).len();
        assert_eq!(size(0), 0);
        assert!((2..=6).contains(&size(20)), "{}", size(20));
        assert!((8..=9).contains(&size(600)), "{}", size(600));
    }

    #[test]
    fn the_reserve_is_asked_first_then_the_near_then_the_likely() {
        let chances: Vec<f64> = (0..60).map(|at| f64::from(at) / 100.0).collect();
        let wave = wave(need(6, 9), &[], &chances);
        assert!(wave.len() > 15);
        let ordered = wave.iter().map(|one| one.turn);
        assert!(ordered.is_sorted());
        for pair in wave.windows(2) {
            let is_alike = pair[0].turn == pair[1].turn;
            assert!(
                !is_alike
                    || pair[0].chance >= pair[1].chance
                    || pair[0].distance_m <= pair[1].distance_m
            );
        }
    }

    #[test]
    fn who_cannot_be_there_in_time_is_not_asked() {
        let hour = Need {
            missing: 50,
            left: TimeDelta::minutes(45),
        };
        let wave = next_wave(&hour, &[], offers(&[0.25; 60]), &pace());
        assert!(!wave.is_empty());
        // 45 minutes less 15 to get ready leave half an hour: at 400 metres a minute 12 km.
        assert!(wave.iter().all(|one| one.distance_m < 12_000));
        let over = Need {
            missing: 3,
            left: TimeDelta::minutes(15),
        };
        assert!(next_wave(&over, &[], offers(&[1.0; 60]), &pace()).is_empty());
        let past = Need {
            missing: 3,
            left: TimeDelta::hours(-2),
        };
        assert!(next_wave(&past, &[], offers(&[1.0; 60]), &pace()).is_empty());
    }

    #[test]
    fn where_everybody_will_hardly_do_everybody_is_asked() {
        assert_eq!(wave(need(50, 9), &[], &[0.25; 40]).len(), 40);
    }

    #[test]
    fn waits_shrink_as_the_deadline_nears_and_end_before_it() {
        let minutes = |left| wait(TimeDelta::minutes(left), &pace()).map(|wait| wait.num_minutes());
        assert_eq!(minutes(24 * 60), Some(30));
        assert_eq!(minutes(240), Some(15));
        assert_eq!(minutes(90), Some(5));
        assert_eq!(minutes(21), Some(5));
        assert_eq!(minutes(20), None);
        assert_eq!(minutes(-60), None);
    }

    #[test]
    fn a_pace_without_sense_still_makes_a_plan() {
        let odd = Pace {
            fill: Chance::CERTAIN,
            metres_per_minute: f64::NAN,
            longest_wait: TimeDelta::minutes(-3),
            shortest_wait: TimeDelta::zero(),
            ..pace()
        };
        assert_eq!(
            next_wave(&need(2, 2000), &[], offers(&[0.5; 9]), &odd).len(),
            9
        );
        assert_eq!(wait(TimeDelta::hours(9), &odd), Some(TimeDelta::minutes(1)));
    }

    fn chances() -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(0.0..=1.0_f64, 0..60)
    }

    fn asked() -> impl Strategy<Value = Vec<(f64, i64)>> {
        proptest::collection::vec((0.0..=1.0_f64, 0..600_i64), 0..30)
    }

    proptest! {
        #[test]
        fn more_missing_never_asks_fewer(missing in 0..20_usize, more in 0..10_usize, hours in 0..30_i64, asked in asked(), chances in chances()) {
            let few = wave(need(missing, hours), &asked, &chances).len();
            prop_assert!(wave(need(missing + more, hours), &asked, &chances).len() >= few);
        }

        #[test]
        fn likelier_donors_are_never_asked_in_larger_waves(
            missing in 0..20_usize, hours in 0..30_i64, asked in asked(), both in proptest::collection::vec((0.0..=1.0_f64, 0.0..=1.0_f64), 0..60),
        ) {
            let low: Vec<f64> = both.iter().map(|(one, other)| one.min(*other).max(0.001)).collect();
            let high: Vec<f64> = both.iter().map(|(one, other)| one.max(*other).max(0.001)).collect();
            let large = wave(need(missing, hours), &asked, &low).len();
            prop_assert!(wave(need(missing, hours), &asked, &high).len() <= large);
        }

        #[test]
        fn the_more_were_asked_already_the_fewer_are_asked_next(
            missing in 0..20_usize, hours in 0..30_i64, asked in asked(), more in asked(), chances in chances(),
        ) {
            let large = wave(need(missing, hours), &asked, &chances).len();
            let all = [asked, more].concat();
            prop_assert!(wave(need(missing, hours), &all, &chances).len() <= large);
        }

        #[test]
        fn a_wave_is_enough_or_everybody_and_one_fewer_would_not_be_enough(
            missing in 1..20_usize, asked in asked(), chances in chances(),
        ) {
            let need = need(missing, 9);
            let wave = wave(need, &asked, &chances);
            let able = offers(&chances).iter().filter(|one| pace().in_time(need.left, one) > Chance::NEVER).count();
            let enough = |size: usize| {
                let mut yeses = Yeses::towards(missing);
                for one in waiting(&asked) {
                    yeses.ask(pace().still_in_time(need.left, &one));
                }
                for one in wave.iter().take(size) {
                    yeses.ask(pace().in_time(need.left, one));
                }
                yeses.enough() >= pace().fill_now(need.left)
            };
            prop_assert!(enough(wave.len()) || wave.len() == able);
            prop_assert!(wave.is_empty() || !enough(wave.len() - 1));
        }
    }
}
