//! People with known chances to answer, and the calls they are asked for.
use chrono::TimeDelta;
use giothong::calls::waves::Habit;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub const MINUTES_A_DAY: i64 = 1440;
pub const RINGS_M: [i64; 2] = [5_000, 15_000];
const DONORS: usize = 12_000;
/// About one call in seventeen hours, for two years.
const BETWEEN_CALLS: std::ops::Range<i64> = 300..1750;
/// How common the groups are; the last is so rare that some calls cannot be filled.
const GROUPS: [f64; 5] = [0.45, 0.30, 0.195, 0.05, 0.005];
/// So many calls are for any group, however rare.
const FOR_ANY_GROUP: f64 = 0.2;
/// The true median and spread of the time to an answer; the rules believe something else.
const ANSWER_MINUTES: f64 = 25.0;
const ANSWER_SPREAD: f64 = 1.0;
/// Of those who do not come, so many say so.
const SAYS_NO: f64 = 0.4;

#[derive(Debug, Clone)]
pub struct Donor {
    pub group: usize,
    pub is_reserve: bool,
    pub distance_m: i64,
    pub gifts: i32,
    /// The minute of the last gift; negative before the first call.
    pub given_at: Option<i64>,
    /// The minute from which they may give.
    pub free_from: i64,
    /// The log-odds of a yes by day in the nearest ring.
    leaning: f64,
}

impl Donor {
    pub fn ring(&self) -> u8 {
        u8::try_from(
            RINGS_M
                .iter()
                .filter(|edge| self.distance_m > **edge)
                .count(),
        )
        .unwrap()
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Call {
    pub number: usize,
    pub group: usize,
    pub units: usize,
    /// The minute in which it is vouched for.
    pub at: i64,
    /// Minutes until donors must have come.
    pub left: i64,
}

/// What somebody says who is asked for a call, and after how many minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Word {
    Yes(f64),
    No(f64),
    Silence,
}

#[derive(Debug, Clone)]
pub struct World {
    pub name: &'static str,
    pub donors: Vec<Donor>,
    pub calls: Vec<Call>,
    ring_effect: f64,
    night_effect: f64,
    /// Whether giving changes what is known of a donor; published rows stay as they are.
    pub is_moving: bool,
}

impl World {
    pub fn invented() -> Self {
        let mut chance = StdRng::seed_from_u64(5);
        let donors = (0..DONORS).map(|_| invented_donor(&mut chance)).collect();
        Self {
            name: "invented donors",
            donors,
            calls: calls(&mut chance),
            ring_effect: -0.15,
            night_effect: -0.5,
            is_moving: true,
        }
    }

    /// Donors drawn from the Blood Transfusion Service Center data: what each row says of gifts and recency is known
    /// of them, and the share of the rows most like it that gave in the month after is their true chance.
    pub fn published(text: &str) -> Self {
        let rows = rows(text);
        let chances: Vec<f64> = rows
            .iter()
            .map(|row| share_of_the_like(&rows, row))
            .collect();
        let mut chance = StdRng::seed_from_u64(6);
        let donors = (0..DONORS)
            .map(|_| {
                let at = chance.random_range(0..rows.len());
                let row = rows[at];
                Donor {
                    group: group(&mut chance),
                    is_reserve: chance.random_bool(0.1),
                    distance_m: distance(&mut chance),
                    gifts: row.gifts,
                    given_at: Some(-row.months * 30 * MINUTES_A_DAY),
                    free_from: 0,
                    leaning: log_odds(chances[at]),
                }
            })
            .collect();
        Self {
            name: "donors of the published data",
            donors,
            calls: calls(&mut chance),
            ring_effect: 0.0,
            night_effect: 0.0,
            is_moving: false,
        }
    }

    /// The true chance of a yes.
    pub fn chance(&self, donor: usize, at: i64) -> f64 {
        let donor = &self.donors[donor];
        let night = if is_night(at) { self.night_effect } else { 0.0 };
        odds(donor.leaning + night + self.ring_effect * f64::from(donor.ring()))
    }

    /// What this donor says to this call, whoever asks.
    pub fn word(&self, call: &Call, donor: usize) -> Word {
        let die = |which| drawn(call.number, donor, which);
        let minutes = ANSWER_MINUTES * (ANSWER_SPREAD * bell(die(1), die(2))).exp();
        if die(0) < self.chance(donor, call.at) {
            Word::Yes(minutes)
        } else if die(3) < SAYS_NO {
            Word::No(minutes)
        } else {
            Word::Silence
        }
    }

    pub fn habit(&self, donor: &Donor, at: i64) -> Habit {
        let at = if self.is_moving { at } else { 0 };
        Habit::of(
            donor.gifts,
            donor.given_at.map(|given| TimeDelta::minutes(at - given)),
        )
    }
}

/// From ten in the evening to six in the morning.
pub fn is_night(at: i64) -> bool {
    !(6..22).contains(&(at.rem_euclid(MINUTES_A_DAY) / 60))
}

fn invented_donor(chance: &mut StdRng) -> Donor {
    let is_reserve = chance.random_bool(0.1);
    let gifts = if chance.random_bool(0.3) {
        0
    } else {
        1 + chance.random_range(0..4) * chance.random_range(0..5)
    };
    let days = chance.random_range(10..900_i64);
    let kind = log_odds(if is_reserve { 0.32 } else { 0.09 });
    let often = match gifts {
        0 => -0.3,
        1..=2 => 0.0,
        _ => 0.4,
    };
    let lately = if gifts == 0 || days > 366 { -0.4 } else { 0.3 };
    Donor {
        group: group(chance),
        is_reserve,
        distance_m: distance(chance),
        gifts,
        given_at: (gifts > 0).then_some(-days * MINUTES_A_DAY),
        free_from: if gifts > 0 {
            (84 - days) * MINUTES_A_DAY
        } else {
            0
        },
        leaning: kind + often + lately + 0.7 * bell(chance.random(), chance.random()),
    }
}

fn calls(chance: &mut StdRng) -> Vec<Call> {
    let mut at = 0;
    let each = (0..super::CALLS).map(|number| {
        at += chance.random_range(BETWEEN_CALLS);
        let units = [1, 1, 2, 2, 2, 3, 3, 4, 4, 6, 8, 12][chance.random_range(0..12)];
        Call {
            number,
            group: if chance.random_bool(FOR_ANY_GROUP) {
                chance.random_range(0..GROUPS.len())
            } else {
                group(chance)
            },
            units,
            at,
            left: chance.random_range(75..1440),
        }
    });
    each.collect()
}

fn group(chance: &mut StdRng) -> usize {
    let mut die: f64 = chance.random();
    GROUPS
        .iter()
        .position(|share| {
            die -= share;
            die < 0.0
        })
        .unwrap_or(0)
}

/// As many live in each square kilometre of thirty around.
fn distance(chance: &mut StdRng) -> i64 {
    let part: f64 = chance.random();
    whole(30_000.0 * part.sqrt())
}

#[derive(Debug, Clone, Copy)]
struct Row {
    months: i64,
    gifts: i32,
    gave: bool,
}

fn rows(text: &str) -> Vec<Row> {
    let lines = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        Row {
            months: cells[0].parse().unwrap(),
            gifts: cells[1].parse().unwrap(),
            gave: cells[4] == "1",
        }
    });
    rows.collect()
}

/// Of the fifty rows most alike in recency and gifts, the share that gave.
fn share_of_the_like(rows: &[Row], row: &Row) -> f64 {
    const LIKE: usize = 50;
    let place = |row: &Row| {
        (
            f64::from(i32::try_from(row.months).unwrap()).ln_1p(),
            f64::from(row.gifts).ln_1p(),
        )
    };
    let (recency, gifts) = place(row);
    let mut near: Vec<(f64, bool)> = rows
        .iter()
        .map(|other| {
            let (r, g) = place(other);
            ((r - recency).hypot(g - gifts), other.gave)
        })
        .collect();
    near.sort_by(|one, other| one.0.total_cmp(&other.0));
    let gave = near.iter().take(LIKE).filter(|(_, gave)| *gave).count();
    // Nobody is certain; a half is added on each side.
    (part(gave) + 0.5) / (part(LIKE) + 1.0)
}

pub fn part(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

#[expect(clippy::cast_possible_truncation, reason = "metres within a province")]
fn whole(number: f64) -> i64 {
    number as i64
}

fn odds(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn log_odds(chance: f64) -> f64 {
    (chance / (1.0 - chance)).ln()
}

/// A number from the normal distribution, of two evenly drawn ones.
fn bell(one: f64, other: f64) -> f64 {
    (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

/// An even number from 0 to below 1, always the same for the same call and donor, so that every rule meets the same people.
fn drawn(call: usize, donor: usize, which: u64) -> f64 {
    let key = (u64::try_from(call).unwrap() << 40) ^ (u64::try_from(donor).unwrap() << 8) ^ which;
    let mut mixed = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    for multiplier in [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB] {
        mixed = (mixed ^ (mixed >> 29)).wrapping_mul(multiplier);
    }
    f64::from(u32::try_from((mixed ^ (mixed >> 32)) & 0xFFFF_FFFF).unwrap()) / 4_294_967_296.0
}
