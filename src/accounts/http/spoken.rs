//! Who says they are telephoning me: the code they must be able to read out.
use crate::accounts::actions::spoken::COLUMN;
use crate::accounts::store::spoken::{self, Spoken};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{DonorCaller, Paged, Problems};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// A code that a caller of ours can read out.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SpokenCodeView {
    /// Who telephones.
    by: String,
    /// Six digits; a caller who cannot say them is not one of ours.
    code: String,
    created_at: Moment,
    /// Worthless after.
    expires_at: Moment,
}

/// Show by which codes I can tell a caller at this moment. `next` is always null.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Paged<SpokenCodeView>), Problems))]
#[get("/me/spoken-codes/current")]
pub(super) async fn list_spoken_codes(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<Paged<SpokenCodeView>>, Problem> {
    let (me, now) = (caller.person(), app.now());
    let found = app
        .db
        .read(move |conn| spoken::current(conn, me, now))
        .await?;
    let opened = found.into_iter().map(|row| open(&app, row));
    Ok(Json(Paged {
        items: opened.collect::<Result<_, _>>()?,
        next: None,
    }))
}

fn open(app: &App, row: Spoken) -> Result<SpokenCodeView, Problem> {
    let code = app
        .keys
        .open(Sealed::new(COLUMN, row.id.0), &row.code_sealed);
    Ok(SpokenCodeView {
        by: row.staff_name,
        code: code.map_err(Problem::internal)?,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}
