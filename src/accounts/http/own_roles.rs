//! What I may do, and where: by this the app shows each person their own screens.
use crate::accounts::store::grants::GrantId;
use crate::accounts::store::held::{self, Held};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{DonorCaller, Paged, Problems, Role};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A role I hold.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnGrantView {
    id: GrantId,
    role: Role,
    /// The body under which it holds; null where it holds on one drive.
    organisation: Option<HeldBodyView>,
    /// The drive for which it holds; null where it holds on a body.
    drive: Option<HeldDriveView>,
    /// When it ends by itself.
    until: Option<Moment>,
}

/// A body under which a role holds.
#[derive(Debug, Serialize, ToSchema)]
struct HeldBodyView {
    id: OrganisationId,
    name: String,
    /// `province`, `club`, `hospital` …
    kind: String,
}

/// A drive for which a role holds.
#[derive(Debug, Serialize, ToSchema)]
struct HeldDriveView {
    id: DriveId,
    name: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    /// Whether it takes place today.
    is_today: bool,
}

impl OwnGrantView {
    fn of(held: Held, today: NaiveDate) -> Self {
        let body = |(id, name, kind)| HeldBodyView { id, name, kind };
        let drive = |(id, name, starts_on, ends_on)| HeldDriveView {
            id,
            name,
            starts_on,
            ends_on,
            is_today: (starts_on..=ends_on).contains(&today),
        };
        Self {
            id: held.id,
            role: held.role,
            organisation: held.organisation.map(body),
            drive: held.drive.map(drive),
            until: held.until,
        }
    }
}

/// Show what I may do and where. `next` is always null.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Paged<OwnGrantView>), Problems))]
#[get("/me/grants")]
pub(super) async fn list_own_grants(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<Paged<OwnGrantView>>, Problem> {
    let (me, now, today) = (caller.person(), app.now(), app.today());
    let held = app.db.read(move |conn| held::held(conn, me, now)).await?;
    let items = held.into_iter().map(|held| OwnGrantView::of(held, today));
    Ok(Json(Paged {
        items: items.collect(),
        next: None,
    }))
}
