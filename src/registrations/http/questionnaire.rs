//! Questions about health before the day, over HTTP.
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, DonorCaller, Path, Problems};
use crate::platform::language::{Key, Language, Phrase, say};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use crate::registrations::actions::{self, Powers};
use crate::registrations::model::RegistrationId;
use crate::registrations::questionnaire::{Answer, Form, form};
use crate::registrations::store::Answers;
use actix_web::web::{Data, Json};
use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const COLUMN: &str = "questionnaires.answers_sealed";

/// A question, and whether it may be left out.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionView {
    code: String,
    /// In the reader's language; to be answered with yes or no.
    text: String,
    is_optional: bool,
}

/// The questions of today, and what was answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuestionnaireView {
    /// To be sent back with the answers.
    version: String,
    questions: Vec<QuestionView>,
    /// Null until there are any.
    answers: Option<Vec<Answer>>,
    /// The version that was answered; another than today's: better ask again.
    answered_version: Option<String>,
    answered_at: Option<Moment>,
}

/// What somebody answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionnaireRequest {
    /// Of the questions that were shown.
    #[schema(max_length = 50)]
    version: String,
    #[schema(max_items = 50)]
    answers: Vec<Answer>,
}

impl QuestionnaireView {
    fn of(form: &Form, language: Language) -> Self {
        let question = |question: &crate::registrations::questionnaire::Question| {
            let name = question.code.replace('_', "-");
            let key = Key::find(&format!("questionnaire.question.{name}"));
            QuestionView {
                text: key.map_or_else(String::new, |key| say(language, &Phrase::new(key))),
                code: question.code.clone(),
                is_optional: question.optional,
            }
        };
        Self {
            version: form.version.clone(),
            questions: form.questions.iter().map(question).collect(),
            answers: None,
            answered_version: None,
            answered_at: None,
        }
    }

    fn with(mut self, app: &App, row: Answers) -> Result<Self, Problem> {
        let sealed = Sealed::new(COLUMN, row.registration.0);
        let text = app.keys.open(sealed, &row.answers_sealed);
        let text = text.map_err(Problem::internal)?;
        self.answers = Some(serde_json::from_str(&text).map_err(Problem::internal)?);
        self.answered_version = Some(row.version);
        self.answered_at = Some(row.answered_at);
        Ok(self)
    }
}

/// Show the questions about health and my answers, or a donor's to a nurse of the drive. That look is written down.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)), responses((status = 200, body = QuestionnaireView), Problems))]
#[get("/registrations/{id}/questionnaire")]
pub(crate) async fn show_questionnaire(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
) -> Result<Json<QuestionnaireView>, Problem> {
    let (powers, look) = (Powers::from(&*caller), (app.id(), app.now()));
    let view = QuestionnaireView::of(form()?, caller.language);
    let found = app
        .db
        .write(move |conn| actions::read_answers(conn, &powers, path.0, look))
        .await?;
    Ok(Json(match found {
        Some(row) => view.with(&app, row)?,
        None => view,
    }))
}

/// Answer the questions about health before the day. Only I and the nurses of that drive can read it.
#[utoipa::path(tag = "registrations", request_body = QuestionnaireRequest, params(("id" = RegistrationId, Path)),
    responses((status = 200, body = QuestionnaireView), Problems))]
#[put("/registrations/{id}/questionnaire")]
pub(crate) async fn answer_questionnaire(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
    body: Body<QuestionnaireRequest>,
) -> Result<Json<QuestionnaireView>, Problem> {
    let form = form()?;
    let answers = form.check(&body.value.version, body.value.answers)?;
    let text = serde_json::to_string(&answers).map_err(Problem::internal)?;
    let sealed = Sealed::new(COLUMN, path.0.0);
    let row = Answers {
        registration: path.0,
        person: caller.person(),
        version: form.version.clone(),
        answers_sealed: app.keys.seal(sealed, &text, &mut app.rng()),
        answered_at: app.now(),
    };
    let kept = row.clone();
    app.db
        .write(move |conn| actions::answer(conn, &kept))
        .await?;
    let view = QuestionnaireView::of(form, caller.language);
    Ok(Json(view.with(&app, row)?))
}
