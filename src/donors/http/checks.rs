//! "May I give?", asked by anybody; nothing of it is kept.
use super::eligibility::{EligibilityView, Teller};
use super::gifts::GiftRequest;
use super::rules as national;
use crate::blood::Component;
use crate::donors::model::Record;
use crate::eligibility::screening::{self, Finding, Gift, Vitals, assess};
use crate::eligibility::{Given, RuleSet};
use crate::people::Sex;
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::Routes;
use crate::platform::http::{Anyone, Body, Problems};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{BirthDate, Invalid};
use actix_web::post;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(check_eligibility);
}

/// What a grown person can weigh, in kilograms.
const WEIGHTS: [u32; 2] = [20, 300];

/// What somebody says of themself to know whether they may give. Nothing of it is kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckRequest {
    sex: Sex,
    birth_date: NaiveDate,
    /// In kilograms.
    #[schema(minimum = 20, maximum = 300)]
    weight_kg: Option<f64>,
    last_donation: Option<GiftRequest>,
}

/// May I give, and from which day? Nothing of the question is kept.
#[utoipa::path(tag = "donors", security(()), request_body = CheckRequest, responses((status = 200, body = EligibilityView), Problems))]
#[post("/eligibility/checks")]
async fn check_eligibility(
    app: Data<App>,
    caller: Anyone,
    body: Body<CheckRequest>,
) -> Result<Json<EligibilityView>, Problem> {
    app.gates.pass(Gate::Check, &caller.address)?;
    let (rules, sex, weight_kg) = (national(&app)?, body.value.sex, body.value.weight_kg);
    let record = body.value.read(&app)?;
    let teller = Teller {
        keys: &app.keys,
        rules,
        record: &record,
        language: caller.language,
    };
    let findings = weighed(weight_kg, sex, rules);
    Ok(Json(
        teller.tell(app.today()).against(&findings, caller.language),
    ))
}

impl CheckRequest {
    fn read(self, app: &App) -> Result<Record, Invalid> {
        let mut invalid = Invalid::default();
        let born = invalid.take("birth_date", BirthDate::new(self.birth_date, app.today()));
        let [min, max] = WEIGHTS;
        let possible = f64::from(min)..=f64::from(max);
        if self.weight_kg.is_some_and(|kg| !possible.contains(&kg)) {
            let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE);
            invalid.refuse("weight_kg", phrase.with("min", min).with("max", max));
        }
        let told = self
            .last_donation
            .map(|gift| gift.read(app, app.id(), self.birth_date));
        let gift = told
            .map(|gift| invalid.take_part("last_donation", gift))
            .transpose();
        invalid.build(|| {
            let given = gift?.map(|gift| Given {
                component: gift.component,
                on: gift.given_on,
            });
            born?;
            Ok(Record {
                birth_date: Some(self.birth_date),
                history: given.into_iter().collect(),
                deferrals: Vec::new(),
            })
        })
    }
}

/// What the weight says against giving whole blood.
fn weighed(weight_kg: Option<f64>, sex: Sex, rules: &RuleSet) -> Vec<Finding> {
    let vitals = Vitals {
        weight_kg,
        ..Vitals::default()
    };
    let gift = Gift {
        component: Component::WholeBlood,
        volume_ml: None,
        sex: screening::Sex::parse(sex.as_str()),
    };
    assess(&vitals, &gift, rules)
}
