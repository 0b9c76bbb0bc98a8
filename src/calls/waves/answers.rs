//! How likely a donor says yes: what is known of all who are like them, and of themselves.
use super::Chance;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::iter::Sum;
use std::ops::Add;

/// How often and how lately somebody gave: nobody yet, or one of nine kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Habit(u8);

impl Habit {
    /// By the number of gifts, and how long ago the last was.
    pub fn of(gifts: i32, since_last: Option<TimeDelta>) -> Self {
        let often = match gifts {
            ..=0 => return Self(0),
            1..=2 => 0,
            3..=9 => 1,
            _ => 2,
        };
        let lately = match since_last.map(|time| time.num_days()) {
            Some(..=184) => 0,
            Some(185..=366) => 1,
            _ => 2,
        };
        Self(1 + often * 3 + lately)
    }

    /// The number under which it is kept.
    pub fn index(self) -> i16 {
        self.0.into()
    }

    /// The one kept under this number; what is none counts as never having given.
    pub fn from_index(index: i16) -> Self {
        Self(u8::try_from(index).ok().filter(|at| *at < 10).unwrap_or(0))
    }
}

/// What donors have in common who answer alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Traits {
    /// Whether they agreed beforehand to be called.
    pub is_reserve: bool,
    /// How often and how lately they gave.
    pub habit: Habit,
    /// In which ring around the place of giving they live, from 0.
    pub ring: u8,
    /// Whether they are asked while most people sleep.
    pub is_night: bool,
}

/// So many traits, each told apart within those before it.
const DEPTH: usize = 4;
const ANY: u8 = u8::MAX;

impl Traits {
    /// The first so many of them, whatever the others are.
    fn first(self, depth: usize) -> [u8; DEPTH] {
        let mut key = [
            self.is_reserve.into(),
            self.habit.0,
            self.ring.min(ANY - 1),
            self.is_night.into(),
        ];
        key.iter_mut().skip(depth).for_each(|part| *part = ANY);
        key
    }
}

/// What came of asking, summed up: how many said yes, of so many as could have answered by then.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Seen {
    yes: f64,
    asked: f64,
}

impl Seen {
    /// A yes of somebody who had all the time.
    pub const YES: Self = Self {
        yes: 1.0,
        asked: 1.0,
    };
    /// No yes of somebody who had all the time.
    pub const NO: Self = Self {
        yes: 0.0,
        asked: 1.0,
    };

    /// So many yes, of so much asking.
    pub fn sums(yes: f64, asked: f64) -> Self {
        let sane = |sum: f64| if sum > 0.0 { sum.min(1e12) } else { 0.0 };
        Self {
            yes: sane(yes),
            asked: sane(asked),
        }
    }

    /// Yes and asked.
    pub fn parts(self) -> (f64, f64) {
        (self.yes, self.asked)
    }

    /// What one believes after having seen this, who believed `before` as firmly as after so many answers.
    fn after(self, before: Chance, firmness: f64) -> Chance {
        Chance::of((before.value() * firmness + self.yes) / (firmness + self.asked))
    }
}

impl Add for Seen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            yes: self.yes + other.yes,
            asked: self.asked + other.asked,
        }
    }
}

impl Sum for Seen {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// What is believed before anybody was asked, and how firmly.
#[derive(Debug, Clone, Copy)]
pub struct Priors {
    /// Of those who agreed beforehand to be called.
    pub reserve: Chance,
    /// Of the others.
    pub others: Chance,
    /// So many answers weigh as much as this belief.
    pub firmness: f64,
    /// So many answers of donors who are alike weigh as much as those of donors who are a little less so.
    pub common_firmness: f64,
    /// So many answers of one's own weigh as much as those of all who are alike.
    pub own_firmness: f64,
}

/// What was seen of all who were asked, by their traits.
#[derive(Debug, Clone, Default)]
pub struct Rates {
    sums: HashMap<[u8; DEPTH], Seen>,
}

impl Rates {
    /// Takes in what was seen of somebody, or of many with the same traits.
    pub fn add(&mut self, traits: Traits, seen: Seen) {
        for depth in 1..=DEPTH {
            let sum = self.sums.entry(traits.first(depth)).or_default();
            *sum = *sum + seen;
        }
    }

    /// What was seen, by all traits together.
    pub fn each(&self) -> impl Iterator<Item = (Traits, Seen)> {
        let whole = self.sums.iter().filter(|(key, _)| !key.contains(&ANY));
        whole.map(|([is_reserve, habit, ring, is_night], seen)| {
            let traits = Traits {
                is_reserve: *is_reserve == 1,
                habit: Habit(*habit),
                ring: *ring,
                is_night: *is_night == 1,
            };
            (traits, *seen)
        })
    }

    /// How likely somebody with these traits says yes, of whom this was seen before: from what is believed of all to
    /// what was seen of those ever more alike, and of themselves in the end. Each step weighs by what it saw.
    pub fn chance(&self, traits: Traits, own: Seen, priors: &Priors) -> Chance {
        let believed = if traits.is_reserve {
            priors.reserve
        } else {
            priors.others
        };
        let pooled = (1..=DEPTH).fold(believed, |before, depth| {
            let firmness = if depth == 1 {
                priors.firmness
            } else {
                priors.common_firmness
            };
            let seen = self.sums.get(&traits.first(depth)).copied();
            seen.unwrap_or_default().after(before, firm(firmness))
        });
        own.after(pooled, firm(priors.own_firmness))
    }
}

/// At least so firm that nothing is divided by nothing.
fn firm(firmness: f64) -> f64 {
    if firmness > 0.01 {
        firmness.min(1e9)
    } else {
        0.01
    }
}

impl Extend<(Traits, Seen)> for Rates {
    fn extend<I: IntoIterator<Item = (Traits, Seen)>>(&mut self, all: I) {
        for (traits, seen) in all {
            self.add(traits, seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PRIORS: Priors = Priors {
        reserve: Chance::CERTAIN,
        others: Chance::NEVER,
        firmness: 20.0,
        common_firmness: 60.0,
        own_firmness: 6.0,
    };

    fn priors() -> Priors {
        Priors {
            reserve: Chance::of(0.25),
            others: Chance::of(1.0 / 9.0),
            ..PRIORS
        }
    }

    fn many(seen: Seen, times: usize) -> Seen {
        std::iter::repeat_n(seen, times).sum()
    }

    #[test]
    fn gifts_and_recency_sort_donors_into_ten_kinds() {
        let days = |days| Some(TimeDelta::days(days));
        assert_eq!(Habit::of(0, None), Habit(0));
        assert_eq!(Habit::of(-1, days(3)), Habit(0));
        assert_eq!(Habit::of(1, days(184)), Habit(1));
        assert_eq!(Habit::of(2, days(185)), Habit(2));
        assert_eq!(Habit::of(3, days(366)), Habit(5));
        assert_eq!(Habit::of(9, days(367)), Habit(6));
        assert_eq!(Habit::of(10, None), Habit(9));
        for index in 0..10 {
            assert_eq!(Habit::from_index(index).index(), index);
        }
        for none in [-1, 10, i16::MAX] {
            assert_eq!(Habit::from_index(none), Habit(0));
        }
    }

    #[test]
    fn before_anybody_answered_the_two_priors_hold() {
        let rates = Rates::default();
        for (is_reserve, chance) in [(true, 0.25), (false, 1.0 / 9.0)] {
            let traits = Traits {
                is_reserve,
                ..Traits::default()
            };
            let found = rates.chance(traits, Seen::default(), &priors()).value();
            assert!((found - chance).abs() < 1e-12);
        }
    }

    #[test]
    fn the_own_answers_move_a_donor_away_from_the_others() {
        let rates = Rates::default();
        let chance = |own| rates.chance(Traits::default(), own, &priors()).value();
        let none = chance(Seen::default());
        assert!(chance(Seen::YES) > none && chance(Seen::NO) < none);
        assert!(chance(many(Seen::YES, 50)) > 0.85);
    }

    #[test]
    fn what_many_answered_is_learnt_for_those_like_them_and_less_for_others() {
        let mut rates = Rates::default();
        let traits = |habit, ring| Traits {
            habit: Habit(habit),
            ring,
            ..Traits::default()
        };
        rates.add(traits(3, 0), many(Seen::YES, 200) + many(Seen::NO, 200));
        let chance = |traits| rates.chance(traits, Seen::default(), &priors()).value();
        assert!((chance(traits(3, 0)) - 0.5).abs() < 0.01);
        assert!((chance(traits(3, 2)) - 0.5).abs() < 0.02, "the same habit");
        let reserve = Traits {
            is_reserve: true,
            ..traits(3, 0)
        };
        assert!((chance(reserve) - 0.25).abs() < 1e-12, "another kind");
    }

    #[test]
    fn what_was_seen_can_be_kept_and_taken_in_again() {
        let mut rates = Rates::default();
        for (ring, is_night) in [(0, true), (2, false)] {
            let traits = Traits {
                is_reserve: is_night,
                habit: Habit(4),
                ring,
                is_night,
            };
            rates.add(traits, Seen::YES);
        }
        let mut again = Rates::default();
        again.extend(rates.each());
        assert_eq!(again.each().count(), 2);
        assert_eq!(again.sums, rates.sums);
    }

    #[test]
    fn sums_without_sense_are_mended() {
        for (yes, asked) in [
            (f64::NAN, f64::NAN),
            (-4.0, -9.0),
            (5.0, 2.0),
            (0.0, f64::NAN),
        ] {
            let (yes, asked) = Seen::sums(yes, asked).parts();
            assert!(yes >= 0.0 && asked >= 0.0);
        }
    }

    proptest! {
        #[test]
        fn whatever_was_seen_is_a_probability_and_one_yes_more_never_lowers_it(
            yes in 0.0..500.0_f64, no in 0.0..500.0_f64, own_yes in 0..9_u8, own_no in 0..9_u8,
            firmness in -1.0..100.0_f64,
        ) {
            let mut rates = Rates::default();
            let traits = Traits::default();
            rates.add(traits, Seen::sums(yes, yes + no));
            let own = many(Seen::YES, own_yes.into()) + many(Seen::NO, own_no.into());
            let priors = Priors { firmness, common_firmness: firmness, own_firmness: firmness, ..priors() };
            let before = rates.chance(traits, own, &priors);
            prop_assert!((0.0..=1.0).contains(&before.value()));
            prop_assert!(rates.chance(traits, own + Seen::YES, &priors) >= before);
            prop_assert!(rates.chance(traits, own + Seen::NO, &priors) <= before);
            rates.add(traits, Seen::YES);
            prop_assert!(rates.chance(traits, own, &priors).value() + 1e-12 >= before.value());
        }
    }
}
