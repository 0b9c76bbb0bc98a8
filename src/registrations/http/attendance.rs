//! Who of a body's people come, came or stayed away: for the lead who mobilised them.
use super::queries::AttendanceQuery;
use crate::donors::joining;
use crate::organisations::covers;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{ClubLead, Page, Paged, Path, Problems, Query, Role};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::{RegistrationId, RegistrationState};
use crate::registrations::store::{self, AttendanceFilter, AttendanceRow};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What a lead may know: whether somebody came, never what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Attendance {
    /// Waits for a place.
    Waiting,
    /// Has a place.
    Expected,
    /// Was there.
    Came,
    /// Had a place and was not there.
    Absent,
    /// Gave the place up.
    Cancelled,
}

impl From<RegistrationState> for Attendance {
    fn from(state: RegistrationState) -> Self {
        match state {
            RegistrationState::Waitlisted | RegistrationState::Offered => Self::Waiting,
            RegistrationState::Booked => Self::Expected,
            RegistrationState::CheckedIn
            | RegistrationState::Deferred
            | RegistrationState::Collected
            | RegistrationState::Left => Self::Came,
            RegistrationState::NoShow => Self::Absent,
            RegistrationState::Cancelled => Self::Cancelled,
        }
    }
}

/// One person at one drive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttendanceView {
    /// The registration.
    id: RegistrationId,
    person: PersonId,
    name: String,
    drive: DriveId,
    drive_name: String,
    held_on: NaiveDate,
    /// When their slot begins; null for who came without booking.
    slot_starts_at: Option<Moment>,
    attendance: Attendance,
    /// Whether they may give today; null where they do not let clubs see it.
    may_give: Option<bool>,
}

impl AttendanceView {
    fn of(row: AttendanceRow, may_give: Option<bool>) -> Self {
        Self {
            may_give,
            id: row.id,
            person: row.person,
            name: row.name,
            drive: row.drive,
            drive_name: row.drive_name,
            held_on: row.held_on,
            slot_starts_at: row.slot_starts_at,
            attendance: row.state.into(),
        }
    }
}

/// List who of a body's people come, came or stayed away, the latest day first.
#[utoipa::path(tag = "registrations", params(("id" = OrganisationId, Path), AttendanceQuery), responses((status = 200, body = Paged<AttendanceView>), Problems))]
#[get("/organisations/{id}/attendance")]
pub(crate) async fn list_attendance(
    app: Data<App>,
    caller: ClubLead,
    path: Path<OrganisationId>,
    query: Query<AttendanceQuery>,
) -> Result<Json<Paged<AttendanceView>>, Problem> {
    let page = Page::<(NaiveDate, RegistrationId)>::of(query.0.limit, query.0.after.as_deref())?;
    let (bodies, today) = (caller.bodies(Role::ClubLead), app.today());
    let wanted = query.0.wanted(path.0, &page);
    let read = app.db.read(move |conn| {
        if !covers(conn, &bodies, wanted.body)? {
            return Err(Problem::from(&Kind::NOT_FOUND));
        }
        let rows = store::list_of_body(conn, &wanted)?;
        let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        Ok((rows, joining::shared(conn, &people, today)?))
    });
    let (rows, may_give) = read.await?;
    let cut = page.cut(rows, |row| (row.held_on, row.id));
    Ok(Json(cut.map(|row| {
        let may_give = may_give.get(&row.person).copied();
        AttendanceView::of(row, may_give)
    })))
}

impl AttendanceQuery {
    fn wanted(
        &self,
        body: OrganisationId,
        page: &Page<(NaiveDate, RegistrationId)>,
    ) -> AttendanceFilter {
        AttendanceFilter {
            body,
            drive: self.drive,
            from: self.from,
            to: self.to,
            after: page.after,
            reach: page.reach(),
        }
    }
}
