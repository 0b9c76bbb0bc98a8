//! How many of those asked say yes.
use super::Chance;

/// The exact distribution of the number of yes, as far as it matters: all from `missing` on is enough.
#[derive(Debug, Clone)]
pub struct Yeses {
    /// The probability of exactly none, one, … yes, below what is missing.
    too_few: Vec<f64>,
}

impl Yeses {
    /// Nobody was asked yet, and so many are missing.
    pub fn towards(missing: usize) -> Self {
        let mut too_few = vec![0.0; missing];
        if let Some(none) = too_few.first_mut() {
            *none = 1.0;
        }
        Self { too_few }
    }

    /// One more is asked, who says yes with this chance whatever the others do.
    pub fn ask(&mut self, chance: Chance) {
        let (yes, no) = (chance.value(), chance.opposite().value());
        let mut one_fewer = 0.0;
        for exactly in &mut self.too_few {
            let before = *exactly;
            *exactly = before * no + one_fewer * yes;
            one_fewer = before;
        }
    }

    /// How likely enough say yes.
    pub fn enough(&self) -> Chance {
        Chance::of(1.0 - self.too_few.iter().sum::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn enough(missing: usize, chances: &[f64]) -> f64 {
        let mut yeses = Yeses::towards(missing);
        for chance in chances {
            yeses.ask(Chance::of(*chance));
        }
        yeses.enough().value()
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-12
    }

    #[test]
    fn it_is_what_one_reckons_by_hand() {
        assert!(near(enough(0, &[]), 1.0));
        assert!(near(enough(1, &[]), 0.0));
        assert!(near(enough(1, &[0.25, 0.25]), 1.0 - 0.75 * 0.75));
        assert!(near(enough(2, &[0.5, 0.25, 0.125]), 0.1875));
        assert!(near(enough(2, &[1.0, 1.0]), 1.0));
        assert!(near(enough(3, &[1.0, 1.0]), 0.0));
    }

    #[test]
    fn of_nine_asked_of_whom_one_in_four_comes_one_comes_nine_times_in_ten() {
        assert!(enough(1, &[0.25; 8]) < 0.9001);
        assert!(enough(1, &[0.25; 9]) > 0.92);
    }

    /// Every way in which some say yes and the others do not.
    fn by_hand(missing: usize, chances: &[f64]) -> f64 {
        let ways = 0..1_usize << chances.len();
        ways.filter(|way| way.count_ones() as usize >= missing)
            .map(|way| {
                let each = chances.iter().enumerate();
                each.map(|(at, chance)| {
                    if way >> at & 1 == 1 {
                        *chance
                    } else {
                        1.0 - chance
                    }
                })
                .product::<f64>()
            })
            .sum()
    }

    proptest! {
        #[test]
        fn it_agrees_with_counting_every_way(missing in 0..8_usize, chances in proptest::collection::vec(0.0..=1.0_f64, 0..8)) {
            prop_assert!(near(enough(missing, &chances), by_hand(missing, &chances)));
        }
    }
}
