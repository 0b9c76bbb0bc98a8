//! What the nurse found.
use crate::donations::actions::{self, Deferring, Screened};
use crate::donations::model::{Decision, ScreeningId};
use crate::donations::rules;
use crate::donors::model::DeferralId;
use crate::eligibility::RuleSet;
use crate::eligibility::screening::{Finding, Vitals};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, Nurse, Once, Path, Problems, answer_once, created};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use crate::platform::text::{Invalid, Noted};
use crate::registrations::model::{Deed, Powers, RegistrationId, RegistrationState};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A reason for a deferral.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeferralReason {
    /// A code of the rule set, such as `tattoo` or `doctor_decision`.
    #[schema(max_length = 50)]
    code: String,
    /// The day of what happened, from which the wait counts; left out, today.
    event_on: Option<NaiveDate>,
    /// Not before this day, where the doctor says so; never earlier than the rules.
    until: Option<NaiveDate>,
}

/// What was measured and decided.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScreeningRequest {
    /// In kilograms.
    #[schema(minimum = 20, maximum = 300)]
    weight_kg: f64,
    /// The upper blood pressure.
    #[schema(minimum = 40, maximum = 300)]
    systolic_mmhg: i32,
    /// The lower blood pressure.
    #[schema(minimum = 20, maximum = 200)]
    diastolic_mmhg: i32,
    /// Beats a minute.
    #[schema(minimum = 20, maximum = 250)]
    pulse_bpm: i32,
    /// In grams per litre.
    #[schema(minimum = 20, maximum = 300)]
    haemoglobin_g_l: i32,
    /// What the doctor or nurse decided.
    decision: Decision,
    /// Why not, if deferred.
    #[serde(default)]
    #[schema(max_items = 20)]
    reasons: Vec<DeferralReason>,
    /// When, if not now.
    screened_at: Option<Moment>,
}

/// Something measured that speaks against a gift.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// The rule: `weight_low`, `systolic_high` …
    rule: &'static str,
    /// The limit that is not kept, in the unit of the measurement.
    limit: i32,
    /// The sentence for it, in the caller's language.
    text: String,
}

/// A screening and what the rules say to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScreeningView {
    /// Which.
    id: ScreeningId,
    /// Of which visit.
    registration: RegistrationId,
    /// How far the visit has come.
    state: RegistrationState,
    /// What was decided.
    decision: Decision,
    /// What speaks against a gift by the rules; the examining doctor has the last word.
    findings: Vec<FindingView>,
}

/// Record what was found of a donor and what was decided.
#[utoipa::path(tag = "donations", request_body = ScreeningRequest, params(("id" = RegistrationId, Path)),
    responses((status = 201, body = ScreeningView), Problems))]
#[post("/registrations/{id}/screening")]
pub(crate) async fn screen_donor(
    app: Data<App>,
    caller: Nurse,
    path: Path<RegistrationId>,
    once: Once,
    body: Body<ScreeningRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let nation = super::nation(&app)?;
    let screened = body.value.screened(&app, nation)?;
    let language = caller.language;
    answer_once(&app, caller.person(), once, move |conn| {
        let visit = powers.visit_as(conn, path.0, &powers.nurse)?;
        let found = actions::screen(conn, &deed, (&visit, nation), &screened)?;
        created(view(
            &screened,
            path.0,
            (found.0.registration.state, found.1),
            language,
        ))
    })
    .await
}

fn view(
    screened: &Screened,
    registration: RegistrationId,
    (state, findings): (RegistrationState, Vec<Finding>),
    language: Language,
) -> ScreeningView {
    ScreeningView {
        id: screened.id,
        registration,
        state,
        decision: screened.decision,
        findings: findings
            .into_iter()
            .map(|finding| FindingView {
                rule: finding.rule,
                limit: finding.limit,
                text: sentence(finding, language),
            })
            .collect(),
    }
}

fn sentence(finding: Finding, language: Language) -> String {
    Key::find(&finding.message_key()).map_or_else(
        || finding.rule.to_owned(),
        |key| say(language, &Phrase::new(key).with("limit", finding.limit)),
    )
}

impl ScreeningRequest {
    fn screened(&self, app: &App, nation: &RuleSet) -> Result<Screened, Problem> {
        let mut invalid = self.out_of_range();
        let reasons: Vec<Result<Deferring, Noted>> = (0..)
            .zip(&self.reasons)
            .map(|at| deferring(app, nation, at, &mut invalid))
            .collect();
        if self.decision == Decision::Accepted && !self.reasons.is_empty() {
            invalid.refuse("reasons", keys::DONATION_REASONS_OF_ACCEPTED);
        }
        let id: ScreeningId = app.id();
        let found = serde_json::to_string(self).map_err(Problem::internal)?;
        let what = Sealed::new("screenings.findings_sealed", id.0);
        let screened = invalid.build(|| {
            Ok(Screened {
                id,
                sealed: app.keys.seal(what, &found, &mut app.rng()),
                vitals: self.vitals(),
                decision: self.decision,
                reasons: reasons.into_iter().collect::<Result<_, _>>()?,
                at: self.screened_at,
            })
        });
        Ok(screened?)
    }

    /// What no living person can have.
    fn out_of_range(&self) -> Invalid {
        let mut invalid = Invalid::default();
        if !(20.0..=300.0).contains(&self.weight_kg) {
            invalid.refuse("weight_kg", range(20, 300));
        }
        for (field, value, (least, most)) in [
            ("systolic_mmhg", self.systolic_mmhg, (40, 300)),
            ("diastolic_mmhg", self.diastolic_mmhg, (20, 200)),
            ("pulse_bpm", self.pulse_bpm, (20, 250)),
            ("haemoglobin_g_l", self.haemoglobin_g_l, (20, 300)),
        ] {
            if !(least..=most).contains(&value) {
                invalid.refuse(field, range(least, most));
            }
        }
        invalid
    }

    fn vitals(&self) -> Vitals {
        Vitals {
            weight_kg: Some(self.weight_kg),
            systolic_mmhg: Some(self.systolic_mmhg),
            diastolic_mmhg: Some(self.diastolic_mmhg),
            pulse_bpm: Some(self.pulse_bpm),
            haemoglobin_g_l: Some(self.haemoglobin_g_l),
        }
    }

    /// The weight, in kilograms.
    pub(super) fn weight_kg(&self) -> f64 {
        self.weight_kg
    }
}

fn deferring(
    app: &App,
    nation: &RuleSet,
    (at, reason): (usize, &DeferralReason),
    invalid: &mut Invalid,
) -> Result<Deferring, Noted> {
    let event_on = reason.event_on.unwrap_or_else(|| app.today());
    if event_on > app.today() {
        let field = format!("reasons.{at}.event_on");
        return Err(invalid.refuse(field, keys::FIELD_IN_THE_FUTURE));
    }
    let end = rules::deferral_end((&reason.code, event_on), reason.until, nation);
    let until =
        end.map_err(|(field, phrase)| invalid.refuse(format!("reasons.{at}.{field}"), phrase))?;
    let id: DeferralId = app.id();
    let what = Sealed::new("deferrals.reason_sealed", id.0);
    Ok(Deferring {
        id,
        sealed: app.keys.seal(what, &reason.code, &mut app.rng()),
        event_on,
        until,
    })
}

fn range(least: i32, most: i32) -> Phrase {
    Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", least)
        .with("max", most)
}
