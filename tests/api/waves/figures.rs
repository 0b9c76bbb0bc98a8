//! What a rule makes of a thousand calls.
use super::CAP;
use super::policies::{Policy, Standing, pace, traits};
use super::world::{Call, MINUTES_A_DAY, Word, World, part};
use chrono::TimeDelta;
use giothong::calls::waves::{Asked, Chance, Said, Traits};

const REST: i64 = 14 * MINUTES_A_DAY;
const QUARTER: i64 = 91 * MINUTES_A_DAY;
const BETWEEN_GIFTS: i64 = 84 * MINUTES_A_DAY;

#[derive(Debug, Default)]
pub struct Figures {
    pub fillable: usize,
    pub filled: usize,
    pub asks: usize,
    pub waves: usize,
    units: usize,
    /// The most asks of one donor in any quarter.
    pub most_asked: usize,
    /// Minutes from vouching to filled.
    minutes: Vec<f64>,
    /// The chance given to each asked donor, and whether they say yes.
    foretold: Vec<(Chance, bool)>,
}

/// The people as one rule has asked them so far.
struct Round {
    world: World,
    /// The minutes in which each was asked.
    asked: Vec<Vec<i64>>,
    /// Everybody of each group, reserve first, near before far.
    order: Vec<Vec<usize>>,
}

/// Somebody asked in the call at hand.
struct Ask {
    who: usize,
    /// Minutes after the call was vouched for.
    at: i64,
    chance: Chance,
    word: Word,
    traits: Traits,
}

impl Ask {
    /// When this yes comes, if it comes so early that they are there in time.
    fn yes_at(&self, round: &Round, call: &Call) -> Option<f64> {
        let Word::Yes(minutes) = self.word else {
            return None;
        };
        let at = minutes + float(self.at);
        (at + round.way(self.who) <= float(call.left)).then_some(at)
    }

    fn is_silent_at(&self, minute: i64) -> bool {
        match self.word {
            Word::Yes(after) | Word::No(after) => float(self.at) + after > float(minute),
            Word::Silence => true,
        }
    }
}

impl Round {
    fn new(world: &World) -> Self {
        let groups = world.donors.iter().map(|donor| donor.group).max().unwrap() + 1;
        let order = (0..groups).map(|group| {
            let mut all: Vec<usize> = (0..world.donors.len())
                .filter(|who| world.donors[*who].group == group)
                .collect();
            all.sort_by_key(|who| {
                (
                    !world.donors[*who].is_reserve,
                    world.donors[*who].distance_m,
                )
            });
            all
        });
        Self {
            order: order.collect(),
            asked: vec![Vec::new(); world.donors.len()],
            world: world.clone(),
        }
    }

    /// Minutes from a yes to being there.
    fn way(&self, who: usize) -> f64 {
        let pace = pace();
        (float(self.world.donors[who].distance_m) / pace.metres_per_minute).ceil()
            + float(pace.preparation.num_minutes())
    }

    /// Those who may be asked at this minute.
    fn able(&self, call: &Call, at: i64) -> impl Iterator<Item = usize> {
        let may = move |who: &usize| {
            let asked = &self.asked[*who];
            self.world.donors[*who].free_from <= at
                && asked.last().is_none_or(|last| last + REST < at)
                && asked
                    .iter()
                    .rev()
                    .take_while(|then| **then + QUARTER > at)
                    .count()
                    < CAP
        };
        self.order[call.group].iter().copied().filter(may)
    }

    fn ask(&self, call: &Call, (who, chance): (usize, Chance), at: i64) -> Ask {
        let traits = traits(&self.world, who, call.at + at);
        Ask {
            who,
            at,
            chance,
            word: self.world.word(call, who),
            traits,
        }
    }

    /// Whether enough would have come, had everybody been asked at once.
    fn is_fillable(&self, call: &Call) -> bool {
        let asks = self
            .able(call, call.at)
            .map(|who| self.ask(call, (who, Chance::NEVER), 0));
        asks.filter(|ask| ask.yes_at(self, call).is_some())
            .take(call.units)
            .count()
            == call.units
    }
}

fn float(minutes: i64) -> f64 {
    f64::from(i32::try_from(minutes).unwrap())
}

impl Figures {
    pub fn of(world: &World, policy: &mut dyn Policy, calls: usize) -> Self {
        let (mut round, mut figures) = (Round::new(world), Self::default());
        for call in world.calls.iter().take(calls) {
            let is_fillable = round.is_fillable(call);
            let (asks, filled_at) = figures.ask(&mut round, call, policy);
            figures.fillable += usize::from(is_fillable);
            figures.filled += usize::from(is_fillable && filled_at.is_some());
            figures.end(&mut round, call, policy, (asks, filled_at));
        }
        let most = |asked: &Vec<i64>| {
            asked
                .iter()
                .map(|first| {
                    asked
                        .iter()
                        .filter(|at| (*first..first + QUARTER).contains(at))
                        .count()
                })
                .max()
        };
        figures.most_asked = round
            .asked
            .iter()
            .filter_map(most)
            .max()
            .unwrap_or_default();
        figures
    }

    /// Asks wave after wave until enough come in time, or nobody could any more.
    fn ask(
        &mut self,
        round: &mut Round,
        call: &Call,
        policy: &mut dyn Policy,
    ) -> (Vec<Ask>, Option<f64>) {
        let (mut asks, mut passed): (Vec<Ask>, i64) = (Vec::new(), 0);
        loop {
            let came = |round: &Round, asks: &[Ask], by: i64| {
                let mut yes: Vec<f64> = asks
                    .iter()
                    .filter_map(|ask| ask.yes_at(round, call))
                    .filter(|at| *at <= float(by))
                    .collect();
                yes.sort_by(f64::total_cmp);
                yes
            };
            let missing = call.units - came(round, &asks, passed).len();
            let waiting: Vec<_> = asks
                .iter()
                .filter(|ask| ask.is_silent_at(passed))
                .map(|ask| (ask.who, ask.at, ask.chance))
                .collect();
            let able = |most| round.able(call, call.at + passed).take(most).collect();
            let standing = Standing {
                world: &round.world,
                call,
                passed,
                missing,
                waiting: &waiting,
                able: &able,
            };
            let wave = policy.wave(&standing);
            self.waves += usize::from(!wave.is_empty());
            asks.extend(wave.iter().map(|choice| round.ask(call, *choice, passed)));
            for (who, _) in wave {
                round.asked[who].push(call.at + passed);
            }
            let next = policy
                .wait(call.left - passed)
                .map_or(call.left, |wait| passed + wait);
            if let Some(filled_at) = came(round, &asks, next).get(call.units - 1) {
                return (asks, Some(*filled_at));
            }
            if next >= call.left {
                return (asks, None);
            }
            passed = next;
        }
    }

    /// Who gave rests, what was said is learnt: until the call was filled, or to its end.
    fn end(
        &mut self,
        round: &mut Round,
        call: &Call,
        policy: &mut dyn Policy,
        (asks, filled_at): (Vec<Ask>, Option<f64>),
    ) {
        self.asks += asks.len();
        self.minutes.extend(filled_at);
        let over = filled_at.unwrap_or(float(call.left));
        for ask in &asks {
            self.foretold
                .push((ask.chance, matches!(ask.word, Word::Yes(_))));
            let span = |minutes: f64| TimeDelta::seconds(seconds(minutes));
            let open = over - float(ask.at);
            let answer = match ask.word {
                Word::Yes(after) | Word::No(after) if after <= open => Some(Said {
                    is_yes: matches!(ask.word, Word::Yes(_)),
                    after: span(after),
                }),
                _ => None,
            };
            policy.learn(Asked {
                who: ask.who,
                traits: ask.traits,
                answer,
                open: span(open),
            });
            if ask.yes_at(round, call).is_some_and(|at| at <= over) {
                self.units += 1;
                let donor = &mut round.world.donors[ask.who];
                donor.free_from = call.at + call.left + BETWEEN_GIFTS;
                if round.world.is_moving {
                    donor.gifts += 1;
                    donor.given_at = Some(call.at + call.left);
                }
            }
        }
    }

    pub fn asks_per_unit(&self) -> f64 {
        part(self.asks) / part(self.units)
    }

    /// The mean chance foretold and the share that said yes, in each tenth of those asked, from the least likely.
    pub fn tenths(&self) -> Vec<(f64, f64)> {
        let mut all = self.foretold.clone();
        all.sort_by_key(|(chance, _)| *chance);
        let tenth = all.len().div_ceil(10);
        let each = all.chunks(tenth).map(|asked| {
            let foretold: f64 = asked.iter().map(|(chance, _)| chance.value()).sum();
            let said = asked.iter().filter(|(_, yes)| *yes).count();
            (foretold / part(asked.len()), part(said) / part(asked.len()))
        });
        each.collect()
    }

    fn median_minutes(&self) -> f64 {
        let mut minutes = self.minutes.clone();
        minutes.sort_by(f64::total_cmp);
        minutes.get(minutes.len() / 2).copied().unwrap_or_default()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "seconds of one day")]
fn seconds(minutes: f64) -> i64 {
    (minutes * 60.0) as i64
}

/// The table of docs/PERFORMANCE.md, on the error stream.
pub fn show(name: &str, rules: &[(&str, &Figures)]) {
    say(&format!(
        "{name}:\n\n| Rule | Filled of fillable | Asks | Asks a unit | Waves | Minutes to filled, median | Most asks of one donor in a quarter |"
    ));
    say("| --- | --- | --- | --- | --- | --- | --- |");
    for (rule, one) in rules {
        let share = 100.0 * part(one.filled) / part(one.fillable);
        say(&format!(
            "| {rule} | {} of {} ({share:.1} %) | {} | {:.1} | {} | {:.0} | {} |",
            one.filled,
            one.fillable,
            one.asks,
            one.asks_per_unit(),
            one.waves,
            one.median_minutes(),
            one.most_asked,
        ));
    }
    let tenths = rules[0].1.tenths();
    let row = |pick: fn(&(f64, f64)) -> f64| {
        tenths
            .iter()
            .map(|pair| format!("{:.1}", 100.0 * pick(pair)))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    say(&format!(
        "\nforetold %: {}\nsaid yes %: {}\n",
        row(|pair| pair.0),
        row(|pair| pair.1)
    ));
}

#[expect(clippy::print_stderr, reason = "the test shows what it saw")]
fn say(words: &str) {
    eprintln!("{words}");
}
