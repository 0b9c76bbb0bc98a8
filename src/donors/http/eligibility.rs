//! "When may I give again?"
use super::rules as national;
use crate::donors::actions;
use crate::donors::model::{NewDeferral, Record};
use crate::donors::rules;
use crate::eligibility::screening::Finding;
use crate::eligibility::{Reason, Rule, RuleSet};
use crate::platform::App;
use crate::platform::http::Routes;
use crate::platform::http::{DonorCaller, Problems};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use crate::platform::seal::{Keys, Sealed};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(show_eligibility);
}

/// From which day I may give, and why not today. The examining doctor has the last word.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EligibilityView {
    /// The first day from today on; null: not again, or nobody can say when.
    may_give_on: Option<NaiveDate>,
    /// What still stands in the way, the longest first.
    reasons: Vec<ReasonView>,
    /// Which rules were asked.
    rule_set: String,
    /// The whole answer in one sentence.
    text: String,
}

/// One reason why not today.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonView {
    /// `interval_whole_blood`, `too_young`, `deferral_tattoo` …
    rule: String,
    /// The first day it no longer binds; null: it does not end.
    until: Option<NaiveDate>,
    /// In the reader's language.
    text: String,
}

/// When may I give again, and why not yet?
#[utoipa::path(tag = "donors", responses((status = 200, body = EligibilityView), Problems))]
#[get("/me/eligibility")]
async fn show_eligibility(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<EligibilityView>, Problem> {
    let person = caller.person();
    let record = app
        .db
        .read(move |conn| actions::record_of(conn, person))
        .await?;
    let teller = Teller {
        keys: &app.keys,
        rules: national(&app)?,
        record: &record,
        language: caller.language,
    };
    Ok(Json(teller.tell(app.today())))
}

impl EligibilityView {
    /// The same with what was measured: as long as it speaks against giving, nobody can say when.
    pub(super) fn against(mut self, findings: &[Finding], language: Language) -> Self {
        for finding in findings {
            let key = Key::find(&finding.message_key()).unwrap_or(keys::ELIGIBILITY_DOCTOR_DECIDES);
            let text = say(language, &Phrase::new(key).with("limit", finding.limit));
            self.may_give_on = None;
            self.text.clone_from(&text);
            self.reasons.push(ReasonView {
                rule: finding.rule.to_owned(),
                until: None,
                text,
            });
        }
        self
    }
}

/// Puts the rules' answer into words; opens the reasons of the person's own deferrals for them.
pub(super) struct Teller<'a> {
    pub(super) keys: &'a Keys,
    pub(super) rules: &'a RuleSet,
    pub(super) record: &'a Record,
    pub(super) language: Language,
}

impl Teller<'_> {
    /// The whole answer as of `today`.
    pub(super) fn tell(&self, today: NaiveDate) -> EligibilityView {
        let verdict = rules::verdict(self.record, self.rules, today);
        let reasons: Vec<ReasonView> = verdict
            .reasons
            .iter()
            .map(|reason| self.reason(reason))
            .collect();
        let text = match verdict.may_give_on {
            Some(day) if day == today => Phrase::new(keys::ELIGIBILITY_FREE),
            Some(day) => Phrase::new(keys::ELIGIBILITY_FROM).with("until", day),
            None => Phrase::new(keys::ELIGIBILITY_NOT_AGAIN),
        };
        EligibilityView {
            may_give_on: verdict.may_give_on,
            reasons,
            rule_set: self.rules.id().to_owned(),
            text: say(self.language, &text),
        }
    }

    fn reason(&self, reason: &Reason) -> ReasonView {
        let code = match &reason.rule {
            Rule::Deferral(id) => self.code_of(id),
            _ => None,
        };
        let key = Key::find(&reason.message_key()).unwrap_or(keys::ELIGIBILITY_DOCTOR_DECIDES);
        let mut phrase = Phrase::new(key);
        if let Some(until) = reason.until {
            phrase = phrase.with("until", until);
        }
        let rule = match (&reason.rule, &code) {
            (Rule::Deferral(_), Some(code)) => format!("deferral_{code}"),
            (Rule::Deferral(_), None) => "deferral".to_owned(),
            _ => reason.slug(),
        };
        ReasonView {
            rule,
            until: reason.until,
            text: say(
                self.language,
                &phrase.with("name", self.name_of(code.as_deref())),
            ),
        }
    }

    fn name_of(&self, code: Option<&str>) -> String {
        let name = code.and_then(|code| self.rules.deferral_name(code));
        let unknown = Phrase::new(keys::ELIGIBILITY_UNKNOWN_DEFERRAL);
        match (name, self.language) {
            (Some(name), Language::Vi) => name.vi.clone(),
            (Some(name), Language::En) => name.en.clone(),
            (None, language) => say(language, &unknown),
        }
    }

    fn code_of(&self, id: &str) -> Option<String> {
        let is_it = |deferral: &&NewDeferral| deferral.id.to_string() == id;
        let deferral = self.record.deferrals.iter().find(is_it)?;
        let what = Sealed::new("deferrals.reason_sealed", deferral.id.0);
        self.keys.open(what, &deferral.reason_sealed).ok()
    }
}
