//! What an ended body became: merged into one, split over several with shares, or renamed.
use super::Refusal;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::Invalid;
use chrono::NaiveDate;

/// How a body ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionKind {
    /// It went into another body, whole.
    Merged,
    /// It went into several, each with a share.
    Split,
    /// It goes on under another name.
    Renamed,
}

crate::text_column! {
    pub SuccessionKind {
        Merged => "merged",
        Split => "split",
        Renamed => "renamed",
    }
}

/// One of the bodies that follow, with its share in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::organisations) struct Heir {
    pub(in crate::organisations) organisation: OrganisationId,
    pub(in crate::organisations) share: i32,
}

/// A body's end and what follows from `on`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::organisations) struct Ending {
    pub(in crate::organisations) kind: SuccessionKind,
    pub(in crate::organisations) on: NaiveDate,
    pub(in crate::organisations) into: Vec<Heir>,
}

/// A succession as the rows say: who became whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::organisations) struct Succession {
    /// The body that ended.
    pub(in crate::organisations) predecessor: OrganisationId,
    /// The body that follows.
    pub(in crate::organisations) successor: OrganisationId,
    /// How.
    pub(in crate::organisations) kind: SuccessionKind,
    /// The first day of the new order.
    pub(in crate::organisations) on: NaiveDate,
    /// The part of the old body's numbers that goes this way, in thousandths.
    pub(in crate::organisations) share: i32,
}

/// Reads what became of a body; shares come as fractions that sum to 1, and one alone may be left out.
pub(in crate::organisations) fn ending(
    kind: SuccessionKind,
    on: NaiveDate,
    into: &[(OrganisationId, Option<f64>)],
    today: NaiveDate,
) -> Result<Ending, Invalid> {
    let mut invalid = Invalid::default();
    if on > today {
        invalid.refuse("on", Phrase::new(keys::FIELD_IN_THE_FUTURE));
    }
    let on = invalid.take("on", super::day(on));
    let heirs = invalid.take("into", heirs(kind, into));
    invalid.build(|| {
        Ok(Ending {
            kind,
            on: on?,
            into: heirs?,
        })
    })
}

fn heirs(
    kind: SuccessionKind,
    into: &[(OrganisationId, Option<f64>)],
) -> Result<Vec<Heir>, Phrase> {
    let fits = match kind {
        SuccessionKind::Split => (2..=200).contains(&into.len()),
        SuccessionKind::Merged | SuccessionKind::Renamed => into.len() == 1,
    };
    let is_twice = |at: usize, id| into.iter().skip(at + 1).any(|(other, _)| *other == id);
    if !fits
        || into
            .iter()
            .enumerate()
            .any(|(at, (id, _))| is_twice(at, *id))
    {
        return Err(Phrase::new(keys::ORGANISATIONS_HEIRS));
    }
    let alone = (into.len() == 1).then_some(1.0);
    let heirs: Option<Vec<Heir>> = into
        .iter()
        .map(|(organisation, share)| {
            Some(Heir {
                organisation: *organisation,
                share: thousandths(share.or(alone)?)?,
            })
        })
        .collect();
    heirs
        .filter(|heirs| heirs.iter().map(|heir| heir.share).sum::<i32>() == 1000)
        .ok_or(Phrase::new(keys::ORGANISATIONS_SHARES))
}

/// A fraction of at most three places; none when it is not one.
fn thousandths(share: f64) -> Option<i32> {
    (1..=1000).find(|part| (f64::from(*part) - share * 1000.0).abs() < 1e-6)
}

/// The last day of a body whose successors begin on `on`.
pub(in crate::organisations) fn last_day(on: NaiveDate) -> NaiveDate {
    on.pred_opt().unwrap_or(on)
}

/// Refuses heirs that descend from the body itself; `known` are all successions so far.
pub(in crate::organisations) fn check_heirs(
    body: OrganisationId,
    ending: &Ending,
    known: &[Succession],
) -> Result<(), Refusal> {
    let mut reached: Vec<OrganisationId> =
        ending.into.iter().map(|heir| heir.organisation).collect();
    let mut at = 0;
    while let Some(next) = reached.get(at).copied() {
        if next == body {
            return Err(Refusal::SuccessionCycle);
        }
        at += 1;
        for later in known.iter().filter(|known| known.predecessor == next) {
            if !reached.contains(&later.successor) {
                reached.push(later.successor);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(number: u128) -> OrganisationId {
        Uuid::from_u128(number).into()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn read(
        kind: SuccessionKind,
        into: &[(OrganisationId, Option<f64>)],
    ) -> Result<Ending, Vec<String>> {
        ending(kind, day("2025-07-01"), into, day("2026-05-01"))
            .map_err(|invalid| invalid.0.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn shares_sum_to_one_in_thousandths() {
        let thirds = [
            (id(1), Some(0.333)),
            (id(2), Some(0.333)),
            (id(3), Some(0.334)),
        ];
        let shares = read(SuccessionKind::Split, &thirds).expect("a split").into;
        assert_eq!(
            shares.iter().map(|heir| heir.share).collect::<Vec<_>>(),
            [333, 333, 334]
        );
        for wrong in [
            vec![(id(1), Some(0.5)), (id(2), Some(0.4))],
            vec![(id(1), Some(1.0)), (id(2), None)],
            vec![(id(1), Some(0.5)), (id(1), Some(0.5))],
            vec![(id(1), Some(f64::NAN)), (id(2), Some(0.5))],
            vec![(id(1), Some(1.0))],
        ] {
            assert_eq!(
                read(SuccessionKind::Split, &wrong),
                Err(vec!["into".to_owned()])
            );
        }
    }

    #[test]
    fn a_merged_body_goes_whole_into_one() {
        let merged = read(SuccessionKind::Merged, &[(id(1), None)]).expect("a merger");
        assert_eq!(merged.into.first().map(|heir| heir.share), Some(1000));
        assert!(read(SuccessionKind::Renamed, &[(id(1), Some(0.5))]).is_err());
        assert!(read(SuccessionKind::Merged, &[]).is_err());
    }

    #[test]
    fn nobody_follows_himself_however_far_round() {
        let merged = read(SuccessionKind::Merged, &[(id(2), None)]).expect("a merger");
        let line = |predecessor, successor| Succession {
            predecessor,
            successor,
            kind: SuccessionKind::Merged,
            on: day("2020-01-01"),
            share: 1000,
        };
        let round = [line(id(2), id(3)), line(id(3), id(1))];
        assert_eq!(
            check_heirs(id(1), &merged, &round),
            Err(Refusal::SuccessionCycle)
        );
        assert_eq!(
            check_heirs(id(2), &merged, &[]),
            Err(Refusal::SuccessionCycle)
        );
        assert_eq!(check_heirs(id(4), &merged, &round), Ok(()));
    }
}
