//! What the calls that are over taught.
use super::{Chance, Delay, Heard, Priors, Rates, Seen, Traits};
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// One ask of a call that is over.
#[derive(Debug, Clone, Copy)]
pub struct Asked<P> {
    /// Who was asked.
    pub who: P,
    /// What was known of them then.
    pub traits: Traits,
    /// What they said, while it still counted, and after how long.
    pub answer: Option<Said>,
    /// How long the call waited for answers after that.
    pub open: TimeDelta,
}

/// An answer to an ask.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Whether they come.
    pub is_yes: bool,
    /// How long they took to say it.
    pub after: TimeDelta,
}

impl<P> Asked<P> {
    fn heard(&self) -> Heard {
        Heard {
            waited: self.answer.map_or(self.open, |said| said.after),
            is_yes: self.answer.map(|said| said.is_yes),
        }
    }
}

/// How often and how soon donors say yes, as far as was seen.
#[derive(Debug, Clone)]
pub struct Learnt {
    /// How often.
    pub rates: Rates,
    /// How soon.
    pub delay: Delay,
    /// What is believed where nothing was seen, and how much the own answers of a donor say.
    pub priors: Priors,
}

/// How much answers must depart before they are believed rather than what was believed.
const DOUBT: f64 = 20.0;
const LOOSEST: f64 = 2.0;
const FIRMEST: f64 = 200.0;

impl Learnt {
    /// Nothing yet, but what is believed.
    pub fn nothing(delay: Delay, priors: Priors) -> Self {
        Self {
            rates: Rates::default(),
            delay,
            priors,
        }
    }

    /// From every ask, by who believed `self` before any of them.
    #[must_use]
    pub fn after<P: Ord + Copy>(&self, asked: &[Asked<P>]) -> Self {
        let delay = self.delay.learnt(asked.iter().map(Asked::heard));
        let mut learnt = Self {
            delay,
            ..self.clone()
        };
        // What an ask counts for depends a little on how often such donors say yes, so they are gone through twice.
        for _ in 0..2 {
            let mut rates = Rates::default();
            rates.extend(asked.iter().map(|one| (one.traits, learnt.seen(one))));
            learnt.rates = rates;
        }
        learnt.priors.own_firmness = learnt.own_firmness(asked);
        learnt
    }

    /// What one ask says of how often somebody says yes.
    pub fn seen<P>(&self, asked: &Asked<P>) -> Seen {
        let heard = asked.heard();
        let waited = self.delay.waited(self.common(asked.traits), heard.waited);
        let yes = f64::from(u8::from(heard.is_yes == Some(true)));
        Seen::sums(yes, waited)
    }

    /// How likely somebody with these traits says yes, of whom this was seen before.
    pub fn chance(&self, traits: Traits, own: Seen) -> Chance {
        self.rates.chance(traits, own, &self.priors)
    }

    fn common(&self, traits: Traits) -> Chance {
        self.chance(traits, Seen::default())
    }

    /// How much alike the answers of one donor are beyond what all who share their traits have in common: if the
    /// chances of these spread widely, two answers of one donor depart from their common chance to the same side, and
    /// a few own answers say much. The mean product of such departures is that spread.
    fn own_firmness<P: Ord + Copy>(&self, asked: &[Asked<P>]) -> f64 {
        let mut donors: BTreeMap<P, Pairs> = BTreeMap::new();
        for one in asked {
            let pairs = donors.entry(one.who).or_default();
            pairs.add(self.seen(one), self.common(one.traits));
        }
        let (evens, spreads) = donors.values().fold((0.0, 0.0), |(even, spread), pairs| {
            (
                even + pairs.even.of_pairs(),
                spread + pairs.apart.of_pairs(),
            )
        });
        let even = evens + DOUBT * (self.priors.own_firmness + 1.0);
        let spread = spreads + DOUBT;
        if spread > 0.0 {
            (even / spread - 1.0).clamp(LOOSEST, FIRMEST)
        } else {
            FIRMEST
        }
    }
}

/// What two answers of one donor depart by, and what they would if everybody always said the same.
#[derive(Debug, Clone, Copy, Default)]
struct Pairs {
    apart: Products,
    even: Products,
}

impl Pairs {
    fn add(&mut self, seen: Seen, common: Chance) {
        let (yes, asked) = seen.parts();
        let widest = (common.value() * common.opposite().value()).sqrt();
        self.apart.add(yes - common.value() * asked);
        self.even.add(widest * asked);
    }
}

/// The sum of the products of every two of some numbers.
#[derive(Debug, Clone, Copy, Default)]
struct Products {
    sum: f64,
    squares: f64,
}

impl Products {
    fn add(&mut self, number: f64) {
        self.sum += number;
        self.squares += number * number;
    }

    fn of_pairs(self) -> f64 {
        (self.sum * self.sum - self.squares) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn believed() -> Learnt {
        let priors = Priors {
            reserve: Chance::of(0.25),
            others: Chance::of(0.25),
            firmness: 20.0,
            common_firmness: 60.0,
            own_firmness: 25.0,
        };
        Learnt::nothing(Delay::new(20.0, 1.5), priors)
    }

    /// Four asks of each of so many donors, of which every one says yes as often as `yes` tells for its number.
    fn asked(donors: u32, yes: impl Fn(u32) -> u32) -> Vec<Asked<u32>> {
        let each = (0..donors).flat_map(|who| (0..4).map(move |ask| (who, ask)));
        each.map(|(who, ask)| Asked {
            who,
            traits: Traits::default(),
            answer: (ask < yes(who)).then_some(Said {
                is_yes: true,
                after: TimeDelta::minutes(20),
            }),
            open: TimeDelta::days(90),
        })
        .collect()
    }

    #[test]
    fn nothing_seen_leaves_what_was_believed() {
        let learnt = believed().after::<u32>(&[]);
        assert!((learnt.priors.own_firmness - 25.0).abs() < 1e-9);
        assert!((learnt.delay.parts().0 - 20.0).abs() < 1e-9);
    }

    #[test]
    fn where_each_donor_always_says_the_same_a_few_own_answers_say_all() {
        let learnt = believed().after(&asked(400, |who| if who % 4 == 0 { 4 } else { 0 }));
        assert!(
            learnt.priors.own_firmness <= LOOSEST,
            "{}",
            learnt.priors.own_firmness
        );
    }

    #[test]
    fn where_all_are_the_same_own_answers_say_little() {
        // One yes in four asks of everybody: nobody leans to either side.
        let learnt = believed().after(&asked(400, |_| 1));
        assert!(
            learnt.priors.own_firmness >= FIRMEST,
            "{}",
            learnt.priors.own_firmness
        );
        let chance = learnt.common(Traits::default());
        assert!((chance.value() - 0.25).abs() < 0.01);
    }
}
