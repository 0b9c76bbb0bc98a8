//! A club's list.
use super::gifts::GiftRequest;
use super::queries::{MayGive, MembersQuery};
use super::sign_up::{contacts, lookups};
use super::{covered, rules};
use crate::blood::BloodGroup;
use crate::donors::actions::{self, NewMember};
use crate::donors::model::{Certainty, Member};
use crate::donors::store::{self, MemberFilter};
use crate::people::{self, Contact, Giver, NewPerson, Sex};
use crate::platform::App;
use crate::platform::fold::fold;
use crate::platform::http::Routes;
use crate::platform::http::{
    Body, ClubLead, Once, Page, Paged, Path, Problems, Query, Role, answer_once, created,
};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{BirthDate, Invalid, Noted, PersonName};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(list_members).service(add_member);
}

/// Somebody a lead knows. They are listed, not written to, until they claim their entry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberRequest {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    email: Option<String>,
    phone: Option<String>,
    /// The twelve digits of the identity card; only a mark of it is kept, to find doubles.
    #[schema(pattern = "^[0-9]{12}$")]
    citizen_number: Option<String>,
    blood_group: Option<BloodGroup>,
    last_donation: Option<GiftRequest>,
}

/// Somebody on the list: "may give" or "not yet", never why or since when.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MemberView {
    /// The person.
    id: PersonId,
    name: String,
    birth_year: Option<i32>,
    blood_group: Option<BloodGroup>,
    group_certainty: Certainty,
    /// Today; null where they do not let clubs see it.
    may_give: Option<bool>,
    /// Whether they signed in themself.
    claimed: bool,
}

impl MemberView {
    pub(super) fn on(today: NaiveDate) -> impl Fn(Member) -> Self {
        use chrono::Datelike;
        move |member| Self {
            may_give: member.may_give_on(today),
            id: member.person,
            name: member.name,
            birth_year: member.birth_date.map(|day| day.year()),
            blood_group: member.blood_group,
            group_certainty: member.certainty,
            claimed: member.is_claimed,
        }
    }
}

/// Where a page of names ends: the folded name and the person.
pub(super) type NameKey = (String, PersonId);

/// The members of a club, by name.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path), MembersQuery), responses((status = 200, body = Paged<MemberView>), Problems))]
#[get("/organisations/{id}/members")]
async fn list_members(
    app: Data<App>,
    caller: ClubLead,
    path: Path<OrganisationId>,
    query: Query<MembersQuery>,
) -> Result<Json<Paged<MemberView>>, Problem> {
    let page: Page<NameKey> = Page::of(query.0.limit, query.0.after.as_deref())?;
    let wanted = query.0.wanted(path.0, app.today())?;
    let on = wanted.on;
    let (bodies, asked) = (
        caller.bodies(Role::ClubLead),
        (page.after.clone(), page.reach()),
    );
    let read = app.db.read(move |conn| {
        covered(conn, &bodies, wanted.club)?;
        Ok::<_, Problem>(store::list(conn, &wanted, asked)?)
    });
    let page = page.cut(read.await?, |member| {
        (member.search_name.clone(), member.person)
    });
    Ok(Json(page.map(MemberView::on(on))))
}

impl MembersQuery {
    fn wanted(self, club: OrganisationId, today: NaiveDate) -> Result<MemberFilter, Invalid> {
        let on = self.on.unwrap_or(today);
        let latest = today + Days::new(366);
        if !(today..=latest).contains(&on) {
            let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE);
            return Err(Invalid::one(
                "on",
                phrase.with("min", today).with("max", latest),
            ));
        }
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == ' ';
        let name = self.q.map(|q| fold(&q).chars().filter(plain).collect());
        Ok(MemberFilter {
            club,
            on,
            may_give: self.may_give.map(|wanted| wanted == MayGive::Yes),
            group: self.group,
            name,
        })
    }
}

/// Put somebody on a club's list.
#[utoipa::path(tag = "donors", params(("id" = OrganisationId, Path)), request_body = MemberRequest, responses((status = 201, body = MemberView), Problems))]
#[post("/organisations/{id}/members")]
async fn add_member(
    app: Data<App>,
    caller: ClubLead,
    path: Path<OrganisationId>,
    once: Once,
    body: Body<MemberRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let member = body.value.read(&app, path.0, caller.person())?;
    let (rules, bodies) = (rules(&app)?, caller.bodies(Role::ClubLead));
    answer_once(&app, caller.person(), once, move |conn| {
        covered(conn, &bodies, member.club)?;
        actions::list_member(conn, rules, &member)?;
        let listed = store::find_member(conn, member.person.id)?;
        created(MemberView::on(member.today)(listed))
    })
    .await
}

impl MemberRequest {
    fn read(
        self,
        app: &App,
        club: OrganisationId,
        added_by: PersonId,
    ) -> Result<NewMember, Invalid> {
        let mut invalid = Invalid::default();
        let contacts = contacts(&mut invalid, self.email.as_deref(), self.phone.as_deref());
        let person = self.person(app, &contacts, &mut invalid);
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
            let by_lead = |gift| crate::donors::model::Gift {
                created_by: Some(added_by),
                ..gift
            };
            Ok(NewMember {
                club,
                person: person?,
                lookups: lookups(app, &contacts),
                group: self.blood_group,
                gift: gift?.map(by_lead),
                added_by,
                today: app.today(),
            })
        })
    }

    fn person(
        &self,
        app: &App,
        contacts: &[Contact],
        invalid: &mut Invalid,
    ) -> Result<NewPerson, Noted> {
        let name = invalid.take("name", PersonName::parse(&self.name));
        let born = self.birth_date.map(|day| BirthDate::new(day, app.today()));
        let birth_date = invalid.take_given("birth_date", born);
        let number = self.citizen_number.as_deref().map(citizen_number);
        let number = invalid.take_given("citizen_number", number);
        let sealed = |contact| people::contact(app, contact, Giver::SomebodyElse);
        Ok(NewPerson {
            id: app.id(),
            name: name?,
            birth_date: birth_date?,
            sex: self.sex,
            language: Language::default(),
            commune: None,
            coordinates: None,
            citizen_lookup: number?.map(|number| app.keys.lookup("citizen", number)),
            contacts: contacts.iter().map(sealed).collect(),
            created_at: app.now(),
        })
    }
}

/// Source: Luật Căn cước 26/2023/QH15, Art. 12: twelve digits.
fn citizen_number(raw: &str) -> Result<&str, Phrase> {
    if raw.len() == 12 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(raw)
    } else {
        Err(Phrase::new(keys::DONORS_NOT_A_CITIZEN_NUMBER))
    }
}
