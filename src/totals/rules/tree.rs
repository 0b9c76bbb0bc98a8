//! Where a body's numbers count today: with itself, or with those that follow it.
use crate::platform::id::OrganisationId;
use std::collections::HashMap;

/// Who stands below whom, and what ended bodies became.
#[derive(Debug, Default)]
pub(in crate::totals) struct Tree {
    parents: HashMap<OrganisationId, Option<OrganisationId>>,
    heirs: HashMap<OrganisationId, Vec<(OrganisationId, f64)>>,
}

/// No line of successors and no tree is deeper.
const DEEPEST: usize = 50;

impl Tree {
    /// Of bodies with their parents and of successions with their shares.
    pub(in crate::totals) fn of(
        bodies: impl IntoIterator<Item = (OrganisationId, Option<OrganisationId>)>,
        successions: impl IntoIterator<Item = (OrganisationId, OrganisationId, f64)>,
    ) -> Self {
        let mut heirs: HashMap<_, Vec<_>> = HashMap::new();
        for (predecessor, successor, share) in successions {
            heirs
                .entry(predecessor)
                .or_default()
                .push((successor, share));
        }
        Self {
            parents: bodies.into_iter().collect(),
            heirs,
        }
    }

    /// Whether it is written down what the body became.
    pub(in crate::totals) fn has_heirs(&self, body: OrganisationId) -> bool {
        self.heirs.contains_key(&body)
    }

    /// The body and all above it, nearest first.
    fn line(&self, body: OrganisationId) -> impl Iterator<Item = OrganisationId> {
        let next = |above: &OrganisationId| self.parents.get(above).copied().flatten();
        std::iter::successors(Some(body), next).take(DEEPEST)
    }

    /// Whether the body is `above` or stands below it.
    pub(in crate::totals) fn is_within(&self, body: OrganisationId, above: OrganisationId) -> bool {
        self.line(body).any(|one| one == above)
    }

    /// The body directly below `above` through which `body` belongs to it; itself when it is `above`; where it stands
    /// elsewhere, the topmost of its own line.
    pub(in crate::totals) fn branch(
        &self,
        body: OrganisationId,
        above: Option<OrganisationId>,
    ) -> OrganisationId {
        let mut last = body;
        for one in self.line(body) {
            if Some(one) == above {
                return last;
            }
            last = one;
        }
        last
    }

    /// Where the body's numbers count today, in shares; an ended body above it takes it along.
    pub(in crate::totals) fn today(&self, body: OrganisationId) -> Vec<(OrganisationId, f64)> {
        let mut settled = Vec::new();
        let mut open = vec![(body, 1.0, 0)];
        while let Some((body, share, depth)) = open.pop() {
            let heirs = self.line(body).find_map(|one| self.heirs.get(&one));
            match heirs.filter(|_| depth < DEEPEST) {
                Some(heirs) => open.extend(
                    heirs
                        .iter()
                        .map(|(heir, part)| (*heir, share * part, depth + 1)),
                ),
                None => settled.push((body, share)),
            }
        }
        settled
    }

    /// The part of the body's numbers that counts for `scope` today.
    pub(in crate::totals) fn share(&self, body: OrganisationId, scope: OrganisationId) -> f64 {
        let within = self
            .today(body)
            .into_iter()
            .filter(|(one, _)| self.is_within(*one, scope));
        within.fold(0.0, |sum, (_, share)| sum + share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> OrganisationId {
        uuid::Uuid::from_u128(number).into()
    }

    #[test]
    fn an_ended_body_counts_with_those_that_follow_it_and_takes_its_clubs_along() {
        let (nation, old, new, other, club) = (id(1), id(2), id(3), id(4), id(5));
        let bodies = [
            (nation, None),
            (old, Some(nation)),
            (new, Some(nation)),
            (other, Some(nation)),
            (club, Some(old)),
        ];
        let tree = Tree::of(bodies, [(old, new, 0.75), (old, other, 0.25)]);
        let share = |body, scope| format!("{}", tree.share(body, scope));
        assert_eq!(share(old, new), "0.75");
        assert_eq!(share(club, other), "0.25");
        assert_eq!(share(old, old), "0");
        assert_eq!(share(old, nation), "1");
        assert_eq!(share(new, new), "1");
        assert_eq!(tree.branch(club, Some(nation)), old);
        assert_eq!(tree.branch(nation, Some(nation)), nation);
        assert_eq!(tree.branch(club, None), nation);
    }
}
