//! People who come without booking.
use super::RegistrationView;
use crate::drives::model::SessionId;
use crate::people::{self, Contact, Giver, NewPerson, Sex};
use crate::platform::App;
use crate::platform::http::{Body, DriveStaff, Once, Path, Problems, answer_once, created};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{BirthDate, Invalid, PersonName};
use crate::registrations::actions::{self, Arrival, Deed, Powers, WalkIn};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Deserialize;
use utoipa::ToSchema;

/// Somebody who comes without booking: known by `person`, or new with at least a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WalkInRequest {
    /// Somebody known.
    person: Option<PersonId>,
    /// Somebody new.
    #[schema(max_length = 100)]
    name: Option<String>,
    /// When they were born.
    #[schema(format = Date)]
    birth_date: Option<String>,
    /// For the rules on weight.
    sex: Option<Sex>,
    /// A mail address or telephone number, if they have one.
    contact: Option<String>,
    /// At which session; left out, today's.
    session: Option<SessionId>,
    /// The body they count for; left out, their club or the organiser.
    mobilised_by: Option<OrganisationId>,
}

/// Receive somebody who did not book.
#[utoipa::path(tag = "registrations", request_body = WalkInRequest, params(("id" = DriveId, Path)),
    responses((status = 201, body = RegistrationView), Problems))]
#[post("/drives/{id}/walk-ins")]
pub(crate) async fn receive_walk_in(
    app: Data<App>,
    caller: DriveStaff,
    path: Path<DriveId>,
    once: Once,
    body: Body<WalkInRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let walk_in = body.value.walk_in(&app, path.0, caller.language)?;
    answer_once(&app, caller.person(), once, move |conn| {
        let registration = actions::walk_in(conn, &deed, &powers, &walk_in)?;
        created(RegistrationView::from(registration))
    })
    .await
}

impl WalkInRequest {
    fn walk_in(self, app: &App, drive: DriveId, language: Language) -> Result<WalkIn, Problem> {
        let (session, mobilised_by) = (self.session, self.mobilised_by);
        let arrival = match self.person {
            Some(person) if self.name.is_none() => Arrival::Known(person),
            Some(_) => {
                return Err(Problem::field(
                    "name",
                    Phrase::new(keys::REGISTRATION_PERSON_OR_NAME),
                ));
            }
            None => Arrival::New(self.newcomer(app, language)?),
        };
        Ok(WalkIn {
            id: app.id(),
            drive,
            session,
            arrival,
            mobilised_by,
        })
    }

    fn newcomer(self, app: &App, language: Language) -> Result<NewPerson, Invalid> {
        let mut invalid = Invalid::default();
        let name = self.name.unwrap_or_default();
        let name = invalid.take("name", PersonName::parse(&name));
        let born = self.birth_date.as_deref();
        let born = born.map(|raw| BirthDate::parse(raw, app.today()));
        let birth_date = invalid.take_given("birth_date", born);
        let contact = self.contact.as_deref().map(Contact::parse);
        let contact = invalid.take_given("contact", contact);
        invalid.build(|| {
            let contact = contact?;
            let contact = contact.map(|one| people::contact(app, &one, Giver::SomebodyElse));
            Ok(NewPerson {
                id: app.id(),
                name: name?,
                birth_date: birth_date?,
                sex: self.sex,
                language,
                commune: None,
                coordinates: None,
                citizen_lookup: None,
                contacts: contact.into_iter().collect(),
                created_at: app.now(),
            })
        })
    }
}
