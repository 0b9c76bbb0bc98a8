//! Two sets of rules made one: of each limit the stricter.
use std::collections::BTreeMap;

/// The narrower of two limits; the order of the two does not matter, and twice the same changes nothing.
pub(super) trait Stricter {
    fn stricter(&self, other: &Self) -> Self;
}

impl<K: Ord + Clone, V: Stricter + Clone> Stricter for BTreeMap<K, V> {
    fn stricter(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (key, theirs) in other {
            let value = both
                .get(key)
                .map_or_else(|| theirs.clone(), |ours| ours.stricter(theirs));
            both.insert(key.clone(), value);
        }
        both
    }
}

impl<T: Stricter + Clone> Stricter for Option<T> {
    fn stricter(&self, other: &Self) -> Self {
        match (self, other) {
            (Some(ours), Some(theirs)) => Some(ours.stricter(theirs)),
            (ours, theirs) => ours.clone().or_else(|| theirs.clone()),
        }
    }
}
