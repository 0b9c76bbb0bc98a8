//! The page of routes, jobs and notices: everything the service can do, in one place.
use crate::drives::model::SlotId;
use crate::eligibility::find_rules;
use crate::platform::App;
use crate::platform::app::{FollowUp, Hooks};
use crate::platform::http::openapi::{ProblemBody, ProblemChoice, ProblemField, complete};
use crate::platform::http::packing::pack;
use crate::platform::http::paths::Paths;
use crate::platform::http::respond::{Methods, respond};
use crate::platform::http::{Routes, caller, health};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::jobs::Registry;
use crate::platform::notices::Kinds;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use crate::{
    accounts, calls, donations, donors, drives, imports, organisations, people, registrations,
    reminders, totals, web,
};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::{Data, scope};
use std::sync::{Arc, LazyLock};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder};
use utoipa_actix_web::AppExt;

/// Everything under `/api/v1`, in the order of the rooms.
fn api(config: &mut Routes<'_, '_>) {
    people::routes(config);
    accounts::routes(config);
    organisations::routes(config);
    donors::http::routes(config);
    drives::routes(config);
    registrations::routes(config);
    donations::routes(config);
    calls::routes(config);
    reminders::routes(config);
    totals::routes(config);
    imports::routes(config);
    web::describe(config);
}

/// What stands beside it: health, and the pages that links of messages lead to.
fn beside(config: &mut Routes<'_, '_>) {
    config
        .service(health::show_liveness)
        .service(health::show_readiness)
        .configure(accounts::pages)
        .configure(drives::pages)
        .configure(registrations::pages)
        .configure(calls::pages)
        .configure(reminders::pages);
}

/// What the platform asks of subjects.
pub fn hooks() -> Hooks {
    Hooks {
        standing: accounts::standing,
        reach: donors::reach::written_to,
        person_changed,
        person_left,
        places_added,
    }
}

/// A donor's day and place follow from their entry.
fn person_changed(app: &App, person: PersonId) -> Result<FollowUp, Problem> {
    let rules = find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)?;
    let now = app.now();
    Ok(Box::new(move |conn| {
        Ok(donors::enrol(conn, rules, person, now)?)
    }))
}

/// Calls are told no, which asks somebody else; places go to who waits.
fn person_left(app: &App, person: PersonId) -> FollowUp {
    let deed = Deed::of(app, person);
    Box::new(move |conn| {
        calls::withdraw(conn, &deed, person)?;
        registrations::give_up_all(conn, &deed, person)
    })
}

/// Who waits for the slot is offered its free places.
fn places_added(app: &App, slot: AnyId) -> FollowUp {
    let deed = Deed::of(app, PersonId(uuid::Uuid::nil()));
    Box::new(move |conn| registrations::offer_free(conn, &deed, SlotId(slot.0)))
}

/// Every job the worker can do.
pub fn jobs() -> Registry {
    let registry = accounts::jobs(Registry::default());
    let registry = donors::jobs(registry);
    let registry = drives::jobs(registry);
    let registry = registrations::jobs(registry);
    let registry = calls::jobs(registry);
    let registry = reminders::jobs(registry);
    imports::jobs(registry)
}

/// Every kind of notice the worker can write.
pub fn notices() -> Kinds {
    let kinds = accounts::notices(Kinds::default());
    let kinds = donors::notices(kinds);
    let kinds = registrations::notices(kinds);
    let kinds = donations::notices(kinds);
    let kinds = calls::notices(kinds);
    reminders::notices(kinds)
}

/// The whole service around `app`, as served and as tested.
pub fn service(
    app: Data<App>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    static PATHS: LazyLock<Arc<Paths>> =
        LazyLock::new(|| Arc::new(Paths::of(web::DESCRIPTION, web::paths())));
    let methods: Arc<dyn Methods> = PATHS.clone();
    let served = scope("/api/v1").configure(|config| api(&mut Routes::Served(config)));
    actix_web::App::new()
        .configure(|config| beside(&mut Routes::Served(config)))
        .service(served)
        .configure(web::routes)
        .app_data(app)
        .app_data(Data::from(methods))
        .wrap(from_fn(caller::authenticate))
        .wrap(from_fn(respond))
        .wrap(from_fn(pack))
}

/// The OpenAPI document of the whole service.
pub fn openapi() -> OpenApi {
    let described =
        utoipa_actix_web::scope("/api/v1").configure(|config| api(&mut Routes::Described(config)));
    let (_, mut document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(heading())
        .configure(|config| beside(&mut Routes::Described(config)))
        .service(described)
        .split_for_parts();
    complete(&mut document);
    document
}

/// What the document says before its first path: who may call, and where more is written.
fn heading() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Giọt Hồng")
        .version("1")
        .description(Some(
            "Voluntary blood-donation drives: bookings, check-in, records, emergency calls, reminders and totals. \
             Every refusal is `application/problem+json`; its `type` is a page that explains it.",
        ))
        .license(Some(License::new("Apache-2.0")));
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT");
    let ways = ComponentsBuilder::new()
        .schema_from::<ProblemBody>()
        .schema_from::<ProblemField>()
        .schema_from::<ProblemChoice>()
        .security_scheme("token", SecurityScheme::Http(token.build()));
    OpenApiBuilder::new()
        .info(info.build())
        .components(Some(ways.build()))
        .security(Some([SecurityRequirement::new("token", [] as [&str; 0])]))
        .build()
}
