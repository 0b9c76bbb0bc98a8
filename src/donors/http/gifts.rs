//! What one gave, here and elsewhere, and telling of a donation elsewhere.
use super::queries::PageQuery;
use super::{rules, scope, within};
use crate::blood::Component;
use crate::donors::actions;
use crate::donors::model::{ALWAYS, Gift, GiftId, GiftSource};
use crate::donors::store;
use crate::people;
use crate::platform::App;
use crate::platform::http::Routes;
use crate::platform::http::{
    Body, DonorCaller, Once, Page, Paged, Path, Problems, Query, Role, answer_once, created,
};
use crate::platform::id::PersonId;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(list_own_gifts)
        .service(declare_own_gift)
        .service(declare_gift_of);
}

/// A donation somebody tells of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftRequest {
    component: Component,
    /// Today or earlier.
    on: NaiveDate,
    /// As somebody remembers it.
    #[schema(min_length = 1, max_length = 200)]
    place: Option<String>,
}

impl GiftRequest {
    /// As a gift that `person` gave, who was born that day.
    pub(super) fn read(
        self,
        app: &App,
        person: PersonId,
        born: impl Into<Option<NaiveDate>>,
    ) -> Result<Gift, Invalid> {
        let mut invalid = Invalid::default();
        let on = invalid.take("on", day_of_gift(self.on, born.into(), app.today()));
        let place = invalid.take_given("place", self.place.map(|place| Line::parse(&place, 200)));
        invalid.build(|| {
            Ok(Gift {
                id: app.id(),
                person,
                component: self.component,
                given_on: on?,
                source: GiftSource::Declared,
                donation: None,
                place: place?.map(String::from),
                created_by: None,
            })
        })
    }
}

fn day_of_gift(
    on: NaiveDate,
    born: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, Phrase> {
    if on > today {
        Err(Phrase::new(keys::FIELD_IN_THE_FUTURE))
    } else if on < ALWAYS {
        let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE);
        Err(phrase.with("min", ALWAYS).with("max", today))
    } else if born.is_some_and(|born| on < born) {
        Err(Phrase::new(keys::DONORS_BEFORE_BIRTH))
    } else {
        Ok(on)
    }
}

/// A donation, recorded here or told of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GiftView {
    id: GiftId,
    component: Component,
    on: NaiveDate,
    source: GiftSource,
    place: Option<String>,
}

impl From<Gift> for GiftView {
    fn from(gift: Gift) -> Self {
        Self {
            id: gift.id,
            component: gift.component,
            on: gift.given_on,
            source: gift.source,
            place: gift.place,
        }
    }
}

/// What I gave, here and elsewhere, the newest first.
#[utoipa::path(tag = "donors", params(PageQuery), responses((status = 200, body = Paged<GiftView>), Problems))]
#[get("/me/donations")]
async fn list_own_gifts(
    app: Data<App>,
    caller: DonorCaller,
    query: Query<PageQuery>,
) -> Result<Json<Paged<GiftView>>, Problem> {
    let page: Page<(NaiveDate, GiftId)> = Page::of(query.0.limit, query.0.after.as_deref())?;
    let (person, asked) = (caller.person(), (page.after, page.reach()));
    let gifts = app
        .db
        .read(move |conn| store::list_gifts(conn, person, asked))
        .await?;
    let page = page.cut(gifts, |gift| (gift.given_on, gift.id));
    Ok(Json(page.map(GiftView::from)))
}

/// Tell of a donation I gave elsewhere.
#[utoipa::path(tag = "donors", request_body = GiftRequest, responses((status = 201, body = GiftView), Problems))]
#[post("/me/donations")]
async fn declare_own_gift(
    app: Data<App>,
    caller: DonorCaller,
    once: Once,
    body: Body<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    let (once, person) = (once.over(&body), caller.person());
    let gift = told_of(&app, person, person, body.value).await?;
    let (rules, now) = (rules(&app)?, app.now());
    answer_once(&app, person, once, move |conn| {
        actions::declare_gift(conn, rules, &gift, now)?;
        created(GiftView::from(gift))
    })
    .await
}

/// Tell of a donation that somebody of my clubs or drives gave elsewhere.
#[utoipa::path(tag = "donors", params(("id" = PersonId, Path)), request_body = GiftRequest, responses((status = 201, body = GiftView), Problems))]
#[post("/people/{id}/donations")]
async fn declare_gift_of(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<PersonId>,
    once: Once,
    body: Body<GiftRequest>,
) -> Result<HttpResponse, Problem> {
    let (scope, once) = (
        scope(&caller, &[Role::ClubLead, Role::DriveStaff])?,
        once.over(&body),
    );
    app.db
        .read(move |conn| within(conn, &scope, path.0))
        .await?;
    let gift = told_of(&app, path.0, caller.person(), body.value).await?;
    let (rules, now) = (rules(&app)?, app.now());
    answer_once(&app, caller.person(), once, move |conn| {
        actions::declare_gift(conn, rules, &gift, now)?;
        created(GiftView::from(gift))
    })
    .await
}

async fn told_of(
    app: &App,
    person: PersonId,
    by: PersonId,
    request: GiftRequest,
) -> Result<Gift, Problem> {
    let card = app.db.read(move |conn| people::find(conn, person)).await?;
    let mut gift = request.read(app, person, card.birth_date)?;
    gift.created_by = Some(by);
    Ok(gift)
}
