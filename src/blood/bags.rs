//! How much was given, and the bag it went into.
use serde::{Deserialize, Serialize};

/// The volume of one bag in millilitres, 50 to 700; a plain number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct Volume(i32);

impl Volume {
    /// Less than this is no bag, in millilitres.
    pub const SMALLEST_ML: i32 = 50;
    /// More than this is a slip of the keyboard, in millilitres.
    pub const LARGEST_ML: i32 = 700;
    /// The sizes of whole-blood bags in Vietnam, in millilitres.
    pub const BAGS_ML: [i32; 3] = [250, 350, 450];

    /// `None` outside [`SMALLEST_ML`](Self::SMALLEST_ML) to [`LARGEST_ML`](Self::LARGEST_ML).
    pub fn parse(ml: i32) -> Option<Self> {
        (Self::SMALLEST_ML..=Self::LARGEST_ML)
            .contains(&ml)
            .then_some(Self(ml))
    }

    /// In millilitres.
    pub fn ml(self) -> i32 {
        self.0
    }

    /// The smallest bag that holds it, in millilitres; `None` when it is more than the largest bag.
    pub fn bag_ml(self) -> Option<i32> {
        Self::BAGS_ML.into_iter().find(|bag| *bag >= self.0)
    }
}

impl From<Volume> for i32 {
    fn from(volume: Volume) -> Self {
        volume.0
    }
}

impl TryFrom<i32> for Volume {
    type Error = &'static str;

    fn try_from(ml: i32) -> Result<Self, Self::Error> {
        Self::parse(ml).ok_or("a volume is 50 to 700 ml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag_of(ml: i32) -> Option<i32> {
        Volume::parse(ml).and_then(Volume::bag_ml)
    }

    #[test]
    fn a_volume_goes_into_the_smallest_bag_that_holds_it() {
        let seen = [50, 249, 250, 251, 350, 351, 450].map(bag_of);
        assert_eq!(seen, [250, 250, 250, 350, 350, 450, 450].map(Some));
        assert_eq!(bag_of(451), None);
        assert_eq!(bag_of(700), None);
    }

    #[test]
    fn fewer_than_50_or_more_than_700_ml_is_no_volume() {
        for ml in [-350, 0, 49, 701, i32::MAX] {
            assert_eq!(Volume::parse(ml), None);
        }
        assert_eq!(Volume::parse(50).map(Volume::ml), Some(50));
        assert_eq!(Volume::parse(700).map(Volume::ml), Some(700));
        assert!(serde_json::from_str::<Volume>("701").is_err());
        assert_eq!(
            serde_json::from_str::<Volume>("350").ok(),
            Volume::parse(350)
        );
    }
}
