//! The questions about health before the day: data of `config/questionnaire.toml`, and what a complete answer is.
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Note, Noted};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use utoipa::ToSchema;

const TEXT: &str = include_str!("../../config/questionnaire.toml");

/// The questions of one version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) version: String,
    pub(super) questions: Vec<Question>,
}

/// Something to say yes or no to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) code: String,
    /// May be left out.
    #[serde(default)]
    pub(super) optional: bool,
}

/// What somebody says to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuestionnaireAnswer)]
pub(super) struct Answer {
    /// Its code.
    #[schema(max_length = 50)]
    pub(super) question: String,
    pub(super) yes: bool,
    /// What it was, in their own words.
    #[schema(min_length = 1, max_length = 500)]
    pub(super) note: Option<String>,
}

/// The questions of today.
pub(super) fn form() -> Result<&'static Form, Problem> {
    static FORM: LazyLock<Result<Form, toml::de::Error>> = LazyLock::new(|| toml::from_str(TEXT));
    FORM.as_ref()
        .map_err(|error| Problem::internal(error.to_string()))
}

impl Form {
    /// Every question that must be answered once, none twice, and no other.
    pub(super) fn check(
        &self,
        version: &str,
        answers: Vec<Answer>,
    ) -> Result<Vec<Answer>, Invalid> {
        let mut invalid = Invalid::default();
        if version != self.version {
            let phrase = Phrase::new(keys::QUESTIONNAIRE_OTHER_VERSION);
            return Err(Invalid::one("version", phrase));
        }
        let is_there = |code: &str| answers.iter().any(|answer| answer.question == code);
        let missing = self.questions.iter().filter(|question| !question.optional);
        if !missing.into_iter().all(|question| is_there(&question.code)) {
            invalid.refuse("answers", keys::QUESTIONNAIRE_INCOMPLETE);
        }
        let mut kept: Vec<Result<Answer, Noted>> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (at, answer) in answers.into_iter().enumerate() {
            let field = format!("answers.{at}.question");
            if !self
                .questions
                .iter()
                .any(|known| known.code == answer.question)
            {
                invalid.refuse(field, keys::QUESTIONNAIRE_UNKNOWN);
            } else if seen.contains(&answer.question) {
                invalid.refuse(field, keys::QUESTIONNAIRE_TWICE);
            }
            seen.push(answer.question.clone());
            kept.push(noted(&mut invalid, at, answer));
        }
        invalid.build(|| kept.into_iter().collect())
    }
}

fn noted(invalid: &mut Invalid, at: usize, answer: Answer) -> Result<Answer, Noted> {
    let note = answer.note.map(|note| Note::parse(&note, 500));
    let note = invalid.take_given(format!("answers.{at}.note"), note)?;
    Ok(Answer {
        note: note.map(String::from),
        ..answer
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::language::Key;

    fn answers(form: &Form) -> Vec<Answer> {
        let answer = |question: &Question| Answer {
            question: question.code.clone(),
            yes: false,
            note: None,
        };
        form.questions.iter().map(answer).collect()
    }

    #[test]
    fn every_question_has_its_words() {
        let form = form().unwrap();
        assert!(form.questions.len() > 5);
        for question in &form.questions {
            let key = format!("questionnaire.question.{}", question.code.replace('_', "-"));
            assert!(Key::find(&key).is_some(), "{key}");
        }
    }

    #[test]
    fn only_what_is_optional_may_be_left_out() {
        let form = form().unwrap();
        let mut some = answers(form);
        some.pop();
        assert!(form.check(&form.version, some.clone()).is_ok());
        some.pop();
        assert!(form.check(&form.version, some).is_err());
        assert!(form.check("1999", answers(form)).is_err());
        let twice = [answers(form), answers(form)].concat();
        assert!(form.check(&form.version, twice).is_err());
    }
}
