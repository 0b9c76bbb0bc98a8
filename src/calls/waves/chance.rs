//! A probability that is always one.
use std::cmp::Ordering;

/// How likely something is: from 0 to 1 and never "not a number", so that chances can be sorted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chance(f64);

impl Chance {
    /// What does not happen.
    pub const NEVER: Self = Self(0.0);
    /// What happens.
    pub const CERTAIN: Self = Self(1.0);

    /// The nearest probability; what is no number at all never happens.
    pub fn of(value: f64) -> Self {
        if value > 0.0 {
            Self(value.min(1.0))
        } else {
            Self::NEVER
        }
    }

    /// As a number from 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }

    /// Both, where neither knows of the other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of(self.0 * other.0)
    }

    /// The opposite.
    #[must_use]
    pub fn opposite(self) -> Self {
        Self::of(1.0 - self.0)
    }

    /// This part of the whole; nothing is no part of nothing.
    #[must_use]
    pub fn out_of(self, whole: Self) -> Self {
        Self::of(self.0 / whole.0)
    }
}

impl PartialEq for Chance {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Chance {}

impl PartialOrd for Chance {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Chance {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_comes_in_a_probability_comes_out() {
        for (value, chance) in [
            (0.25, 0.25),
            (-0.0, 0.0),
            (-3.0, 0.0),
            (7.0, 1.0),
            (f64::INFINITY, 1.0),
            (f64::NEG_INFINITY, 0.0),
            (f64::NAN, 0.0),
        ] {
            assert!(
                Chance::of(value).value().total_cmp(&chance).is_eq(),
                "{value}"
            );
        }
        assert_eq!(Chance::NEVER.out_of(Chance::NEVER), Chance::NEVER);
        assert_eq!(Chance::CERTAIN.out_of(Chance::NEVER), Chance::CERTAIN);
        assert_eq!(Chance::CERTAIN.opposite(), Chance::NEVER);
    }
}
