//! What a person may decide of a row, and whom the row means then.
use super::refusal::Refusal;
use crate::imports::model::{Decision, Verdict, Who};

/// What was found of a row and decided of it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::imports) struct Standing {
    pub(in crate::imports) number: i32,
    pub(in crate::imports) verdict: Verdict,
    pub(in crate::imports) who: Option<Who>,
    pub(in crate::imports) candidates: Vec<Who>,
    pub(in crate::imports) decision: Option<Decision>,
    pub(in crate::imports) decided: Option<Who>,
}

/// What follows from a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::imports) enum Step {
    /// Nothing.
    Skip,
    /// It tells of somebody new.
    New,
    /// It tells of this one.
    Same(Who),
}

impl Standing {
    /// What follows from it; a person's word counts before the verdict.
    pub(in crate::imports) fn step(&self) -> Step {
        match (self.decision, self.verdict) {
            (Some(Decision::Same), _) => self.decided.map_or(Step::Skip, Step::Same),
            (Some(Decision::New), _) | (None, Verdict::New) => Step::New,
            (None, Verdict::Same) => self.who.map_or(Step::Skip, Step::Same),
            _ => Step::Skip,
        }
    }

    /// Whether this may be decided, and whom the row means then. Where only one could be meant, it need not be named.
    pub(in crate::imports) fn decide(
        &self,
        decision: Decision,
        named: Option<Who>,
    ) -> Result<Option<Who>, Refusal> {
        let wrong = Refusal::WrongDecision { row: self.number };
        let only = match self.candidates.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        match (
            decision,
            named.or(only.filter(|_| decision == Decision::Same)),
        ) {
            (Decision::Skip, None) => Ok(None),
            (Decision::New, None) if self.verdict != Verdict::Problem => Ok(None),
            (Decision::Same, Some(who)) if self.candidates.contains(&who) => Ok(Some(who)),
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(verdict: Verdict, candidates: &[i32]) -> Standing {
        Standing {
            number: 9,
            verdict,
            who: None,
            candidates: candidates.iter().map(|row| Who::Row(*row)).collect(),
            decision: None,
            decided: None,
        }
    }

    #[test]
    fn only_who_was_found_can_be_meant_and_what_is_wrong_is_only_left_out() {
        let two = standing(Verdict::Unsure, &[2, 3]);
        assert!(two.decide(Decision::Same, None).is_err());
        assert_eq!(
            two.decide(Decision::Same, Some(Who::Row(3))),
            Ok(Some(Who::Row(3)))
        );
        assert!(two.decide(Decision::Same, Some(Who::Row(4))).is_err());
        assert!(two.decide(Decision::New, Some(Who::Row(3))).is_err());
        let one = standing(Verdict::Unsure, &[2]);
        assert_eq!(one.decide(Decision::Same, None), Ok(Some(Who::Row(2))));
        assert_eq!(one.decide(Decision::New, None), Ok(None));
        let wrong = standing(Verdict::Problem, &[]);
        assert!(wrong.decide(Decision::New, None).is_err());
        assert_eq!(wrong.decide(Decision::Skip, None), Ok(None));
    }

    #[test]
    fn a_persons_word_counts_before_the_verdict() {
        let mut row = standing(Verdict::New, &[]);
        assert_eq!(row.step(), Step::New);
        row.decision = Some(Decision::Skip);
        assert_eq!(row.step(), Step::Skip);
        assert_eq!(standing(Verdict::There, &[]).step(), Step::Skip);
    }
}
