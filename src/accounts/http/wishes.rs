//! How I want to be written to: which way comes first, where my day begins, whether calls may ring at night.
use crate::platform::App;
use crate::platform::http::{Body, DonorCaller, Problems};
use crate::platform::id::PersonId;
use crate::platform::language::{Phrase, keys};
use crate::platform::notices::{Channel, Offer, OfferedWay, Wishes, wishes};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use actix_web::web::{Data, Json};
use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How I want to be written to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WishesRequest {
    /// Which way comes first; null: what costs nothing. `inbox`: only in the app, but for codes and calls.
    channel: Option<Channel>,
    /// Whether calls may ring at night, for who stands by.
    nights: bool,
    /// Where my day begins, `Asia/Ho_Chi_Minh`; null: as here.
    time_zone: Option<String>,
}

impl WishesRequest {
    fn read(self, app: &App) -> Result<Wishes, Invalid> {
        let mut invalid = Invalid::default();
        let zone = self.time_zone.as_deref();
        let has_zone = zone.is_none_or(|zone| zone.parse::<chrono_tz::Tz>().is_ok());
        for (field, fits) in [
            ("channel", self.channel != Some(Channel::Relay)),
            ("time_zone", has_zone),
        ] {
            if !fits {
                invalid.refuse(field, Phrase::new(keys::FIELD_DOES_NOT_FIT));
            }
        }
        let changed_at = app.now();
        invalid.build(|| {
            Ok(Wishes {
                channel: self.channel,
                nights: self.nights,
                time_zone: self.time_zone,
                changed_at,
            })
        })
    }
}

/// What I said of how I want to be written to, and which ways there are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WishesView {
    channel: Option<Channel>,
    nights: bool,
    time_zone: Option<String>,
    /// The ways this site sends by, beside the list in the app, in the order they are tried.
    ways: Vec<WayView>,
    /// The full hour of my day from which only what I wait for is sent, and night calls to who allowed them.
    quiet_from: u32,
    /// The full hour at which that ends; the same hour: there is no such time.
    quiet_to: u32,
}

/// A way messages take.
#[derive(Debug, Serialize, ToSchema)]
struct WayView {
    /// `relay`, one's club's lead, cannot be wished for: it is the last.
    channel: Channel,
    /// Whether it reaches me now: a browser that shows messages, an address that may be written to, a club.
    is_open: bool,
}

impl WishesView {
    fn of(app: &App, said: Option<Wishes>, ways: Vec<OfferedWay>) -> Self {
        let hours = &app.settings.notices;
        let way = |way: OfferedWay| WayView {
            channel: way.channel,
            is_open: way.is_open,
        };
        Self {
            channel: said.as_ref().and_then(|said| said.channel),
            nights: said.as_ref().is_some_and(|said| said.nights),
            time_zone: said.and_then(|said| said.time_zone),
            ways: ways.into_iter().map(way).collect(),
            quiet_from: hours.quiet_from,
            quiet_to: hours.quiet_to,
        }
    }
}

async fn show(app: &App, me: PersonId) -> Result<Json<WishesView>, Problem> {
    let offer = Offer::of(app);
    let read = app
        .db
        .read(move |conn| Ok::<_, Problem>((wishes::find(conn, me)?, offer.to(conn, me)?)));
    let (said, ways) = read.await?;
    Ok(Json(WishesView::of(app, said, ways)))
}

/// Show how I want to be written to, and which ways reach me.
#[utoipa::path(tag = "messages", responses((status = 200, body = WishesView), Problems))]
#[get("/me/contact-wishes")]
pub(super) async fn show_wishes(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<WishesView>, Problem> {
    show(&app, caller.person()).await
}

/// Say how I want to be written to.
#[utoipa::path(tag = "messages", request_body = WishesRequest, responses((status = 200, body = WishesView), Problems))]
#[put("/me/contact-wishes")]
pub(super) async fn put_wishes(
    app: Data<App>,
    caller: DonorCaller,
    body: Body<WishesRequest>,
) -> Result<Json<WishesView>, Problem> {
    let (said, me) = (body.value.read(&app)?, caller.person());
    app.db
        .write(move |conn| wishes::put(conn, me, &said))
        .await?;
    show(&app, me).await
}
