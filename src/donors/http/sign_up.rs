//! Signing up as a donor.
use super::gifts::GiftRequest;
use super::rules;
use crate::blood::BloodGroup;
use crate::donors::actions::{self, SignUp};
use crate::people::{self, ConsentChange, ConsentSource, Contact, Giver, NewPerson, Purpose, Sex};
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::Routes;
use crate::platform::http::{Anyone, Body, Problems};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{BirthDate, Email, Invalid, Noted, PersonName, Phone};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(sign_up);
}

/// Younger people's data need a parent's word. Source: Nghị định 13/2023/NĐ-CP, Art. 20; Luật Trẻ em, Art. 1.
const YOUNGEST: u32 = 16;

/// What somebody tells of themself. Each consent is given by naming it; `data` is needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignUpRequest {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    birth_date: NaiveDate,
    sex: Sex,
    /// A mail address or a telephone number is needed.
    email: Option<String>,
    phone: Option<String>,
    commune: Option<OrganisationId>,
    blood_group: Option<BloodGroup>,
    last_donation: Option<GiftRequest>,
    language: Option<Language>,
    consents: Vec<Purpose>,
}

/// The same for who was known already: nobody learns here whether somebody is.
#[derive(Debug, Serialize, ToSchema)]
struct SignUpView {
    /// How to go on: ask for a code to the contact (`POST /sign-in-codes`) and sign in.
    next: &'static str,
}

/// Sign up as a donor. The answer is the same for who was known already.
#[utoipa::path(tag = "donors", security(()), request_body = SignUpRequest, responses((status = 201, body = SignUpView), Problems))]
#[post("/donors")]
async fn sign_up(
    app: Data<App>,
    caller: Anyone,
    body: Body<SignUpRequest>,
) -> Result<HttpResponse, Problem> {
    app.gates.pass(Gate::SignIn, &caller.address)?;
    let sign_up = body.value.read(&app, caller.language)?;
    let rules = rules(&app)?;
    app.db
        .write(move |conn| actions::sign_up(conn, rules, sign_up))
        .await?;
    let next = "sign_in_code";
    Ok(HttpResponse::Created().json(SignUpView { next }))
}

/// Mail address and telephone number as given; what cannot be read is noted.
pub(super) fn contacts(
    invalid: &mut Invalid,
    email: Option<&str>,
    phone: Option<&str>,
) -> Vec<Contact> {
    let email = invalid.take_given("email", email.map(Email::parse));
    let phone = invalid.take_given("phone", phone.map(Phone::parse));
    let email = email.ok().flatten().map(Contact::Email);
    let phone = phone.ok().flatten().map(Contact::Phone);
    email.into_iter().chain(phone).collect()
}

/// The blind marks of these contacts.
pub(super) fn lookups(app: &App, contacts: &[Contact]) -> Vec<String> {
    let lookup = |contact: &Contact| contact.lookup(&app.keys);
    contacts.iter().map(lookup).collect()
}

impl SignUpRequest {
    fn read(self, app: &App, language: Language) -> Result<SignUp, Invalid> {
        let mut invalid = Invalid::default();
        let contacts = contacts(&mut invalid, self.email.as_deref(), self.phone.as_deref());
        if self.email.is_none() && self.phone.is_none() {
            invalid.refuse("email", keys::DONORS_A_WAY_TO_REACH);
        }
        if !self.consents.contains(&Purpose::Data) {
            invalid.refuse("consents", keys::DONORS_CONSENT_TO_DATA);
        }
        let person = self.person(app, language, &contacts, &mut invalid);
        let id = person
            .as_ref()
            .map_or_else(|_| app.id(), |person| person.id);
        let told = self
            .last_donation
            .map(|gift| gift.read(app, id, self.birth_date));
        let gift = told
            .map(|gift| invalid.take_part("last_donation", gift))
            .transpose();
        invalid.build(|| {
            Ok(SignUp {
                person: person?,
                lookups: lookups(app, &contacts),
                consents: consents(app, id, &self.consents),
                group: self.blood_group,
                gift: gift?,
            })
        })
    }

    fn person(
        &self,
        app: &App,
        language: Language,
        contacts: &[Contact],
        invalid: &mut Invalid,
    ) -> Result<NewPerson, Noted> {
        let name = invalid.take("name", PersonName::parse(&self.name));
        let birth_date = invalid.take("birth_date", old_enough(self.birth_date, app));
        let sealed = |contact| people::contact(app, contact, Giver::Themself);
        Ok(NewPerson {
            id: app.id(),
            name: name?,
            birth_date: Some(birth_date?),
            sex: Some(self.sex),
            language: self.language.unwrap_or(language),
            commune: self.commune,
            coordinates: None,
            citizen_lookup: None,
            contacts: contacts.iter().map(sealed).collect(),
            created_at: app.now(),
        })
    }
}

fn old_enough(born: NaiveDate, app: &App) -> Result<BirthDate, Phrase> {
    let born = BirthDate::new(born, app.today())?;
    if born.age_on(app.today()) >= YOUNGEST {
        Ok(born)
    } else {
        Err(Phrase::new(keys::DONORS_TOO_YOUNG).with("min", YOUNGEST))
    }
}

fn consents(app: &App, person: PersonId, named: &[Purpose]) -> Vec<ConsentChange> {
    let given = Purpose::ALL
        .into_iter()
        .filter(|purpose| named.contains(purpose));
    given
        .map(|purpose| ConsentChange {
            id: app.id(),
            person,
            purpose,
            is_granted: true,
            text_version: Purpose::text_version(),
            source: ConsentSource::Themself,
            recorded_by: None,
            form: None,
            given_at: app.now(),
        })
        .collect()
}
