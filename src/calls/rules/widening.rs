//! How wide a call asks: whether its group is rare here, and from which ring somebody is asked.
use crate::blood::BloodGroup;
use crate::calls::model::Ring;

/// Whether so few can give that asking in waves would lose time: every group that may be asked is Rh−, or fewer
/// suitable donors are within reach than so many times the need.
pub(in crate::calls) fn is_rare(
    groups: &[BloodGroup],
    suitable: usize,
    (units, factor): (i32, usize),
) -> bool {
    let needed = usize::try_from(units).unwrap_or_default();
    let is_all_negative = groups.iter().all(|group| group.is_rh_negative());
    is_all_negative || suitable < needed * factor
}

/// From which ring somebody at this distance is asked who does not stand by.
pub(in crate::calls) fn ring_of(distance_m: i64, near_km: f64) -> Ring {
    let metres = i32::try_from(distance_m).map_or(f64::MAX, f64::from);
    if metres <= near_km * 1000.0 {
        Ring::Near
    } else {
        Ring::Wider
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_negative_is_always_rare_and_others_where_few_are_near() {
        let negative = [BloodGroup::ONegative, BloodGroup::ANegative];
        assert!(is_rare(&negative, 10_000, (1, 3)));
        let common = [BloodGroup::OPositive, BloodGroup::ONegative];
        assert!(is_rare(&common, 11, (4, 3)));
        assert!(!is_rare(&common, 12, (4, 3)));
    }

    #[test]
    fn near_ends_where_the_setting_says() {
        assert_eq!(ring_of(10_000, 10.0), Ring::Near);
        assert_eq!(ring_of(10_001, 10.0), Ring::Wider);
        assert_eq!(ring_of(i64::MAX, 10.0), Ring::Wider);
    }
}
