//! Per cents as the field prints them: 227 %, 109,5 %, 12,7 %.
use crate::organisations::declared::Exactness;

/// `done` of `target` in per cent: one decimal where both numbers are exact, none where one is not.
pub(in crate::totals) fn percent(done: (f64, Exactness), target: (f64, Exactness)) -> Option<f64> {
    if target.0 <= 0.0 {
        return None;
    }
    let value = done.0 / target.0 * 100.0;
    let is_exact = [done.1, target.1]
        .iter()
        .all(|one| *one == Exactness::Exact);
    Some(if is_exact {
        (value * 10.0).round() / 10.0
    } else {
        value.round()
    })
}

/// By how much per cent `now` is more than `before`.
pub(in crate::totals) fn growth(now: f64, before: f64) -> Option<f64> {
    (before > 0.0).then(|| ((now - before) / before * 1000.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Exactness::{Derived, Exact, JustUnder};

    #[test]
    fn per_cents_are_no_more_exact_than_what_they_are_made_of() {
        assert_eq!(percent((3858.0, Exact), (1700.0, Derived)), Some(227.0));
        assert_eq!(percent((1095.0, Exact), (1000.0, Exact)), Some(109.5));
        assert_eq!(percent((2900.0, JustUnder), (3000.0, Exact)), Some(97.0));
        assert_eq!(percent((1.0, Exact), (0.0, Exact)), None);
        assert_eq!(growth(1127.0, 1000.0), Some(12.7));
        assert_eq!(growth(1.0, 0.0), None);
    }
}
