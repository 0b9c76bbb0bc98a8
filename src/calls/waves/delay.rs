//! How long donors take to answer.
use super::Chance;
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// How soon a yes comes that comes at all: half of them within the median, most within some times that. The curve is
/// the log-logistic one, whose tail is as long as that of people who look at their telephone in the evening.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    median: f64,
    shape: f64,
    refusing: Chance,
}

impl Delay {
    /// Half of the answers come within `median_minutes`; the larger the shape, the closer the others lie around it. As
    /// long as nothing else is known, every third of those who do not come says so.
    pub fn new(median_minutes: f64, shape: f64) -> Self {
        let sane = |value: f64, least: f64, most: f64| {
            if value.is_nan() {
                least
            } else {
                value.clamp(least, most)
            }
        };
        Self {
            median: sane(median_minutes, 0.1, 10_000.0),
            shape: sane(shape, 0.1, 10.0),
            refusing: Chance::of(1.0 / 3.0),
        }
    }

    /// The same, where so many of those who do not come say so.
    #[must_use]
    pub fn refused_by(self, refusing: Chance) -> Self {
        Self { refusing, ..self }
    }

    /// The median in minutes, the shape, and how many say so of those who do not come.
    pub fn parts(&self) -> (f64, f64, f64) {
        (self.median, self.shape, self.refusing.value())
    }

    /// How much of an ask it is to wait so long for the answer of somebody who says yes so often: the number of yes, in
    /// the mean, is the chance times this, whenever the waiting ends, be it by their own answer or by somebody else's.
    pub fn waited(&self, yes: Chance, time: TimeDelta) -> f64 {
        let answering = self.answering(yes).clamp(0.01, 0.99);
        -(-answering * self.within(time).value()).ln_1p() / answering
    }

    fn answering(&self, yes: Chance) -> f64 {
        yes.value() + yes.opposite().and(self.refusing).value()
    }

    /// How likely an answer that comes has come after so long.
    pub fn within(&self, time: TimeDelta) -> Chance {
        let minutes = minutes(time);
        if minutes <= 0.0 {
            return Chance::NEVER;
        }
        Chance::of(1.0 / (1.0 + (self.median / minutes).powf(self.shape)))
    }

    /// How likely somebody says yes within `until` of being asked, who so often says yes and was silent for `silent`.
    pub fn yet_to_come(&self, yes: Chance, silent: TimeDelta, until: TimeDelta) -> Chance {
        let (past, all) = (self.within(silent), self.within(until));
        let still = Chance::of(all.value() - past.value());
        let answered = Chance::of(self.answering(yes)).and(past);
        yes.and(still).out_of(answered.opposite())
    }

    /// The time in which three of four answers have come.
    pub fn most(&self) -> TimeDelta {
        let minutes = self.median * 3.0_f64.powf(1.0 / self.shape);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the bounds of median and shape"
        )]
        TimeDelta::minutes(minutes.min(1e6).ceil() as i64)
    }
}

fn minutes(time: TimeDelta) -> f64 {
    time.as_seconds_f64() / 60.0
}

/// How long an ask was waited for, and what was heard.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    /// From the ask to the answer, or to the end of the call.
    pub waited: TimeDelta,
    /// Whether the answer was yes, if there was one.
    pub is_yes: Option<bool>,
}

/// So many answers weigh as much as the belief that every second is a yes.
const ANSWERS: f64 = 20.0;
/// So far the logarithms of the median and of the shape, and the log-odds of an answer, are thought to lie from what is
/// believed beforehand.
const DOUBT: [f64; 3] = [0.7, 0.4, 1.0];
/// Times are told apart in so fine steps of their logarithm.
const STEP: f64 = 0.1;

/// Answers and silences, counted by how long they took.
type Counted = BTreeMap<(i16, bool), u32>;
/// The logarithms of the median and of the shape, and the log-odds of an answer.
type Point = [f64; 3];

impl Delay {
    /// The likeliest delay, given what was believed before and what was heard. Calls end early when answers come fast,
    /// so the silent count too: an answer might have come from them later.
    #[must_use]
    pub fn learnt(&self, heard: impl IntoIterator<Item = Heard>) -> Self {
        let mut counted = Counted::new();
        let (mut answers, mut yes) = (ANSWERS, ANSWERS / 2.0);
        for one in heard {
            let key = (step_of(one.waited), one.is_yes.is_some());
            *counted.entry(key).or_default() += 1;
            answers += f64::from(u8::from(one.is_yes.is_some()));
            yes += f64::from(u8::from(one.is_yes == Some(true)));
        }
        let [median, shape, odds] = likeliest([self.median.ln(), self.shape.ln(), 0.0], &counted);
        let coming = Chance::of(part(odds) * yes / answers);
        let refusing = Chance::of(part(odds) - coming.value()).out_of(coming.opposite());
        Self::new(median.exp(), shape.exp()).refused_by(refusing)
    }
}

/// Uphill from what is believed, in ever smaller strides.
fn likeliest(believed: Point, counted: &Counted) -> Point {
    let mut best = (credit(believed, believed, counted), believed);
    let mut stride = 0.5;
    // The bound is never met, but ends what no bound would.
    for _ in 0..200 {
        let next = around(best.1, stride)
            .map(|point| (credit(point, believed, counted), point))
            .fold(
                best,
                |best, other| if other.0 > best.0 { other } else { best },
            );
        if next.0 > best.0 {
            best = next;
        } else if stride > 0.02 {
            stride /= 2.0;
        } else {
            break;
        }
    }
    best.1
}

/// The part that log-odds stand for.
fn part(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// The points one stride away, along each side and across.
fn around(point: Point, stride: f64) -> impl Iterator<Item = Point> {
    (0..27_u8).map(move |way| {
        let moved = |at: f64, doubt: f64, way: u8| at + (f64::from(way % 3) - 1.0) * stride * doubt;
        let ([median, shape, odds], [far, steep, even]) = (point, DOUBT);
        [
            moved(median, far, way),
            moved(shape, steep, way / 3),
            moved(odds, even, way / 9),
        ]
    })
}

/// The logarithm of how well a point agrees with what was believed and what was heard.
fn credit(point: Point, believed: Point, counted: &Counted) -> f64 {
    let far = point.iter().zip(believed).zip(DOUBT);
    let belief: f64 = far
        .map(|((here, there), doubt)| -0.5 * ((here - there) / doubt).powi(2))
        .sum();
    let [median, shape, odds] = point;
    let (steep, answering) = (shape.exp(), part(odds));
    let heard = counted.iter().map(|((step, is_answer), times)| {
        let far = steep * (f64::from(*step) * STEP - median);
        let one = if *is_answer {
            // How densely answers come then, but for what is the same for all points.
            answering.ln() + shape + far - 2.0 * far.exp().ln_1p()
        } else {
            (-answering * part(far)).ln_1p()
        };
        f64::from(*times) * one
    });
    belief + heard.sum::<f64>()
}

fn step_of(time: TimeDelta) -> i16 {
    let step = (minutes(time).clamp(0.1, 1e6).ln() / STEP).round();
    #[expect(clippy::cast_possible_truncation, reason = "from -23 to 138")]
    let step = step as i16;
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minutes(minutes: i64) -> TimeDelta {
        TimeDelta::minutes(minutes)
    }

    #[test]
    fn half_of_the_answers_come_within_the_median_and_all_in_the_end() {
        let delay = Delay::new(20.0, 1.2);
        assert_eq!(delay.within(minutes(0)), Chance::NEVER);
        assert_eq!(delay.within(minutes(-5)), Chance::NEVER);
        assert_eq!(delay.within(minutes(20)), Chance::of(0.5));
        assert!(delay.within(minutes(100_000)).value() > 0.999);
    }

    #[test]
    fn settings_out_of_all_sense_still_give_probabilities() {
        for (median, shape) in [(f64::NAN, f64::NAN), (0.0, -1.0), (f64::INFINITY, 1e300)] {
            let chance = Delay::new(median, shape).within(minutes(30));
            assert!((0.0..=1.0).contains(&chance.value()));
        }
    }

    #[test]
    fn who_was_silent_for_long_is_hardly_counted_on() {
        let (delay, yes) = (Delay::new(20.0, 1.2), Chance::of(0.25));
        let left = |silent| {
            delay
                .yet_to_come(yes, minutes(silent), minutes(600))
                .value()
        };
        assert!((0.24..0.25).contains(&left(0)), "{}", left(0));
        assert!((0.15..0.17).contains(&left(20)), "{}", left(20));
        assert!(left(300) < 0.01, "{}", left(300));
        assert!(left(600) < 1e-12);
    }

    /// What is heard of so many as the curve has, each at its share, where every call is open for one of these times.
    fn heard(delay: Delay, yes: f64, opens: &[i64]) -> Vec<Heard> {
        let (median, shape, refusing) = delay.parts();
        let shares = (0..1000).map(|share| (f64::from(share) + 0.5) / 1000.0);
        let afters = shares.map(|share| {
            let part = share / (yes + (1.0 - yes) * refusing);
            (part < 1.0).then(|| median * (part / (1.0 - part)).powf(1.0 / shape))
        });
        let each = afters.flat_map(|after| opens.iter().map(move |open| (after, minutes(*open))));
        let each = each.enumerate().map(|(number, (after, open))| {
            #[expect(clippy::cast_possible_truncation, reason = "some days of seconds")]
            let after = after.map(|after| TimeDelta::seconds((after.min(9999.0) * 60.0) as i64));
            let answer = after.filter(|after| *after < open);
            Heard {
                waited: answer.unwrap_or(open),
                is_yes: answer.map(|_| number % 2 == 0),
            }
        });
        each.collect()
    }

    #[test]
    fn the_true_delay_is_learnt_even_where_calls_end_early() {
        let believed = Delay::new(20.0, 1.5);
        for (median, shape, half) in [(40.0, 1.2, 0.15), (10.0, 2.0, 0.25), (25.0, 1.8, 0.35)] {
            let refusing = half / (1.0 - half);
            let truth = Delay::new(median, shape).refused_by(Chance::of(refusing));
            let learnt = believed
                .learnt(heard(truth, half, &[15, 40, 90, 400, 1000]))
                .parts();
            let near = |one: f64, other: f64| (one / other - 1.0).abs() < 0.1;
            assert!(
                near(learnt.0, median) && near(learnt.1, shape) && near(learnt.2, refusing),
                "{learnt:?} for {truth:?}"
            );
        }
    }

    #[test]
    fn nothing_heard_leaves_what_was_believed() {
        let believed = Delay::new(20.0, 1.5);
        let (learnt, before) = (believed.learnt([]).parts(), believed.parts());
        let same = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(same(learnt.0, before.0) && same(learnt.1, before.1) && same(learnt.2, before.2));
    }

    #[test]
    fn in_the_mean_the_yes_are_the_chance_times_the_waiting() {
        let delay = Delay::new(20.0, 1.5);
        let yes = Chance::of(0.25);
        for open in [10, 30, 90, 600] {
            let heard = heard(delay, yes.value(), &[open]);
            let waited: f64 = heard.iter().map(|one| delay.waited(yes, one.waited)).sum();
            let said = heard.iter().filter(|one| one.is_yes.is_some()).count();
            let said = f64::from(u32::try_from(said).unwrap()) / 2.0;
            assert!(
                (said / (waited * yes.value()) - 1.0).abs() < 0.02,
                "{said} in {waited}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_longer_the_silence_the_less_is_to_come_and_the_longer_one_can_wait_the_more(
            yes in 0.0..=1.0_f64, silent in 0..600_i64, more in 0..600_i64, until in 0..1200_i64,
        ) {
            let (delay, yes) = (Delay::new(20.0, 1.2), Chance::of(yes));
            let chance = |silent, until| delay.yet_to_come(yes, minutes(silent), minutes(until)).value();
            let rounding = 1e-12;
            prop_assert!(chance(silent + more, until) <= chance(silent, until) + rounding);
            prop_assert!(chance(silent, until + more) + rounding >= chance(silent, until));
            prop_assert!(chance(silent, until) <= yes.value() + rounding);
        }
    }
}
