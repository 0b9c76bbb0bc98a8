//! What the nurse's form needs to know beforehand.
use crate::donations::actions::rules_at;
use crate::eligibility::{RuleSet, ScreeningLimits};
use crate::platform::App;
use crate::platform::http::{DriveStaff, Path, Problems};
use crate::platform::id::DriveId;
use crate::platform::language::Language;
use crate::platform::problem::Problem;
use crate::registrations::model::Powers;
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// A reason why somebody may not give today.
#[derive(Debug, Serialize, ToSchema)]
struct DeferralChoice {
    /// What a screening names.
    code: String,
    /// In the caller's language.
    name: String,
}

/// What a screening at a drive is held against; the examining doctor has the last word.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LimitsView {
    /// The rules' id; of two sets together both.
    rule_set: String,
    /// In the caller's language.
    name: String,
    #[serde(flatten)]
    limits: ScreeningLimits,
    /// Every reason that the rules know.
    reasons: Vec<DeferralChoice>,
}

impl LimitsView {
    fn of(rules: &RuleSet, language: Language) -> Self {
        let said = |name: &crate::eligibility::Name| match language {
            Language::Vi => name.vi.clone(),
            Language::En => name.en.clone(),
        };
        let choice = |code: &str| DeferralChoice {
            code: code.to_owned(),
            name: rules.deferral_name(code).map(said).unwrap_or_default(),
        };
        Self {
            rule_set: rules.id().to_owned(),
            name: said(rules.name()),
            limits: rules.screening_limits(),
            reasons: rules.deferral_codes().map(choice).collect(),
        }
    }
}

/// Show what a screening at this drive is held against: the nation's limits or, where stricter, those of who draws the
/// blood.
#[utoipa::path(tag = "donations", params(("id" = DriveId, Path)), responses((status = 200, body = LimitsView), Problems))]
#[get("/drives/{id}/limits")]
pub(crate) async fn show_limits(
    app: Data<App>,
    caller: DriveStaff,
    path: Path<DriveId>,
) -> Result<Json<LimitsView>, Problem> {
    let (nation, now) = (super::nation(&app)?, app.now());
    let powers = Powers::from(&*caller);
    let rules = app.db.read(move |conn| {
        let drive = powers.staffed(conn, path.0)?;
        rules_at(conn, &drive, nation, now)
    });
    Ok(Json(LimitsView::of(&rules.await?, caller.language)))
}
