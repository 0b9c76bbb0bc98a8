//! Four rules that say whom to ask next: the service's, the same with better knowledge, and two simpler ones.
use super::world::{Call, World, is_night};
use chrono::TimeDelta;
use giothong::calls::waves::{
    Asked, Chance, Delay, Learnt, Need, Offer, Pace, Plan, Priors, Seen, Traits, Waiting,
    candidates, wait,
};
use std::collections::HashMap;

/// The settings as they come. Source: config/default.toml.
pub fn pace() -> Pace {
    Pace {
        fill: Chance::of(0.9),
        waves: 3,
        delay: Delay::new(20.0, 1.5),
        metres_per_minute: 400.0,
        preparation: TimeDelta::minutes(15),
        longest_wait: TimeDelta::minutes(30),
        shortest_wait: TimeDelta::minutes(5),
    }
}

fn believed() -> Learnt {
    let priors = Priors {
        reserve: Chance::of(0.25),
        others: Chance::of(0.11),
        firmness: 20.0,
        common_firmness: 60.0,
        own_firmness: 15.0,
    };
    Learnt::nothing(pace().delay, priors)
}

/// How a call stands when a wave is due.
pub struct Standing<'a> {
    pub world: &'a World,
    pub call: &'a Call,
    /// Minutes since it was vouched for.
    pub passed: i64,
    pub missing: usize,
    /// Asked without a word so far: who, when, and with which chance.
    pub waiting: &'a [(usize, i64, Chance)],
    /// The first so many of those who may be asked, reserve first, near before far.
    pub able: &'a dyn Fn(usize) -> Vec<usize>,
}

/// Somebody asked, and the chance given to their saying yes.
pub type Choice = (usize, Chance);

pub trait Policy {
    fn wave(&mut self, standing: &Standing<'_>) -> Vec<Choice>;
    /// Minutes until the next wave.
    fn wait(&self, left: i64) -> Option<i64>;
    /// What came of asking, when the call is over.
    fn learn(&mut self, _: Asked<usize>) {}
}

fn by_the_rule(
    standing: &Standing<'_>,
    pace: &Pace,
    chance: impl Fn(usize) -> Chance,
) -> Vec<Choice> {
    let need = Need {
        missing: standing.missing,
        left: TimeDelta::minutes(standing.call.left - standing.passed),
    };
    let donors = &standing.world.donors;
    let waiting = standing.waiting.iter().map(|(who, at, chance)| Waiting {
        chance: *chance,
        silent: TimeDelta::minutes(standing.passed - at),
        distance_m: donors[*who].distance_m,
    });
    let waiting: Vec<Waiting> = waiting.collect();
    let plan = Plan::of(&need, &waiting, pace);
    if plan.is_enough() {
        return Vec::new();
    }
    let able = (standing.able)(candidates(standing.missing));
    let offers = able.into_iter().map(|who| Offer {
        who,
        turn: donors[who].ring() + if donors[who].is_reserve { 0 } else { 3 },
        distance_m: donors[who].distance_m,
        chance: chance(who),
        hears_in: TimeDelta::zero(),
    });
    let wave = plan.wave(offers.collect());
    wave.into_iter().map(|one| (one.who, one.chance)).collect()
}

pub fn traits(world: &World, donor: usize, at: i64) -> Traits {
    let one = &world.donors[donor];
    Traits {
        is_reserve: one.is_reserve,
        habit: world.habit(one, at),
        ring: one.ring(),
        is_night: is_night(at),
    }
}

/// The service: it begins with two priors and learns from every answer. Here it learns when it has seen a tenth more
/// than before, there every night; the own answers of a donor count at once.
pub struct Learning {
    learnt: Learnt,
    asked: Vec<Asked<usize>>,
    known: usize,
    own: HashMap<usize, Vec<Asked<usize>>>,
}

impl Default for Learning {
    fn default() -> Self {
        Self {
            learnt: believed(),
            asked: Vec::new(),
            known: 0,
            own: HashMap::new(),
        }
    }
}

impl Learning {
    fn pace(&self) -> Pace {
        Pace {
            delay: self.learnt.delay,
            ..pace()
        }
    }
}

impl Policy for Learning {
    fn wave(&mut self, standing: &Standing<'_>) -> Vec<Choice> {
        if standing.passed == 0 && self.asked.len() > self.known + self.known / 10 {
            self.known = self.asked.len();
            self.learnt = believed().after(&self.asked);
        }
        let at = standing.call.at + standing.passed;
        by_the_rule(standing, &self.pace(), |who| {
            let own = self.own.get(&who).into_iter().flatten();
            let own = own.map(|one| self.learnt.seen(one)).sum::<Seen>();
            self.learnt.chance(traits(standing.world, who, at), own)
        })
    }

    fn wait(&self, left: i64) -> Option<i64> {
        wait(TimeDelta::minutes(left), &self.pace()).map(|wait| wait.num_minutes())
    }

    fn learn(&mut self, asked: Asked<usize>) {
        self.asked.push(asked);
        self.own.entry(asked.who).or_default().push(asked);
    }
}

/// The same rule, told everybody's true chance.
pub struct Informed;

impl Policy for Informed {
    fn wave(&mut self, standing: &Standing<'_>) -> Vec<Choice> {
        by_the_rule(standing, &pace(), |who| {
            Chance::of(standing.world.chance(who, standing.call.at))
        })
    }

    fn wait(&self, left: i64) -> Option<i64> {
        wait(TimeDelta::minutes(left), &pace()).map(|wait| wait.num_minutes())
    }
}

/// Ten every half hour, until enough have said yes.
pub struct WavesOfTen;

impl Policy for WavesOfTen {
    fn wave(&mut self, standing: &Standing<'_>) -> Vec<Choice> {
        (standing.able)(10)
            .into_iter()
            .map(|who| (who, Chance::NEVER))
            .collect()
    }

    fn wait(&self, left: i64) -> Option<i64> {
        (left > 30).then_some(30)
    }
}

/// All at once.
pub struct AskEveryone;

impl Policy for AskEveryone {
    fn wave(&mut self, standing: &Standing<'_>) -> Vec<Choice> {
        (standing.able)(usize::MAX)
            .into_iter()
            .map(|who| (who, Chance::NEVER))
            .collect()
    }

    fn wait(&self, _: i64) -> Option<i64> {
        None
    }
}
