//! A thousand calls tried out with the service's own rules, against people whose chances to answer are known here and not there.
mod figures;
mod policies;
mod world;

use figures::Figures;
use policies::{AskEveryone, Informed, Learning, Policy, WavesOfTen};
use world::World;

const CALLS: usize = 1000;
/// What the service promises by its settings. Source: config/default.toml, `calls.asks_per_quarter`.
const CAP: usize = 4;

/// The same calls, to the same people, by four rules; each begins with everybody rested.
fn tried(world: &World) -> [Figures; 4] {
    let by = |policy: &mut dyn Policy| Figures::of(world, policy, CALLS);
    [
        by(&mut Learning::default()),
        by(&mut Informed),
        by(&mut WavesOfTen),
        by(&mut AskEveryone),
    ]
}

fn holds(world: &World) {
    let [learning, informed, ten, everyone] = tried(world);
    figures::show(
        world.name,
        &[
            ("the service", &learning),
            ("the same, told the true chances", &informed),
            ("waves of 10 every 30 minutes", &ten),
            ("everyone at once", &everyone),
        ],
    );
    assert!(
        learning.fillable * 10 >= CALLS * 8,
        "most calls can be filled: {}",
        learning.fillable
    );
    assert!(learning.filled * 10 >= learning.fillable * 9);
    assert!(
        learning.asks * 2 <= informed.asks * 3,
        "asks at most half as many more as who knows"
    );
    assert!(learning.asks < ten.asks && learning.asks < everyone.asks);
    assert!(
        learning.asks_per_unit() < ten.asks_per_unit()
            && learning.asks_per_unit() < everyone.asks_per_unit()
    );
    assert!(
        learning.most_asked <= CAP,
        "{} asks of one donor in a quarter",
        learning.most_asked
    );
    for (predicted, observed) in learning.tenths() {
        assert!(
            (predicted - observed).abs() < 0.05,
            "predicted {predicted}, observed {observed}"
        );
    }
}

#[test]
fn a_thousand_calls_to_invented_donors_fill_with_few_asks() {
    holds(&World::invented());
}

#[test]
#[ignore = "needs the real data"]
fn a_thousand_calls_to_donors_of_the_published_data_fill_with_few_asks() {
    let text = String::from_utf8(crate::evaluate::data("transfusion.csv")).unwrap();
    holds(&World::published(&text));
}
