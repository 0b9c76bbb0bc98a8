//! One drive's totals: cheap to ask again and again on the day.
use super::super::store::{self, DeclaredCount, DriveRow, Held};
use super::views::percent_text;
use crate::organisations;
use crate::organisations::declared::Exactness;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{Caller, DriveStaff, Path, Problems, Role, tagged};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::Language;
use crate::platform::problem::{Kind, Problem};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

/// Registered, attended, collected, safe: four numbers, never one.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
struct FunnelView {
    registered: i64,
    attended: i64,
    collected: i64,
    safe: i64,
    ml: i64,
}

/// One body's part of a drive.
#[derive(Debug, Serialize, ToSchema)]
struct BodyCountView {
    organisation: OrganisationId,
    name: String,
    kind: String,
    recorded: FunnelView,
    /// What the drive's people typed; none where they did not.
    declared: Option<DeclaredCountView>,
    /// Declared units less recorded ones.
    difference: Option<i64>,
}

/// Counts that were typed; what was not typed is null.
#[derive(Debug, Serialize, ToSchema)]
struct DeclaredCountView {
    registered: Option<i32>,
    attended: Option<i32>,
    collected: i32,
    safe: Option<i32>,
    ml: Option<i64>,
}

/// Units of one blood group.
#[derive(Debug, Serialize, ToSchema)]
struct GroupView {
    /// None where it was not recorded.
    blood_group: Option<String>,
    units: i64,
}

/// A drive's totals.
#[derive(Debug, Serialize, ToSchema)]
struct DriveTotalsView {
    name: String,
    state: String,
    recorded: FunnelView,
    collected_emergency: i64,
    ml350plus: i64,
    first_time: i64,
    /// Units that were declared; none where nothing was.
    declared: Option<i64>,
    /// Declared units less recorded ones.
    difference: Option<i64>,
    target: Option<i32>,
    /// Recorded units in per cent of the target.
    percent: Option<f64>,
    /// As it is printed: "82,5 %".
    percent_text: Option<String>,
    groups: Vec<GroupView>,
    bodies: Vec<BodyCountView>,
}

/// Show how a drive goes: the funnel, groups, bodies, against the target; answers 304 while nothing changed.
#[utoipa::path(tag = "totals", params(("id" = uuid::Uuid, Path)), responses((status = 200, body = DriveTotalsView), (status = 304, description = "Nothing changed since the ETag that was sent."), Problems))]
#[get("/drives/{id}/totals")]
pub(super) async fn show_drive_totals(
    app: Data<App>,
    caller: DriveStaff,
    request: HttpRequest,
    path: Path<DriveId>,
) -> Result<HttpResponse, Problem> {
    let (reader, language) = (caller.0.clone(), caller.language);
    let found = app.db.read(move |conn| {
        let drive = readable(conn, &reader, path.0)?;
        Ok::<_, Problem>(view(
            drive,
            store::counted(conn, path.0)?,
            store::declared(conn, path.0)?,
            store::groups(conn, path.0)?,
            language,
        ))
    });
    tagged(&request, &found.await?, "private, no-cache")
}

/// The drive, for its own staff and for those above its organiser.
fn readable(conn: &mut Conn, caller: &Caller, id: DriveId) -> Result<DriveRow, Problem> {
    let drive = store::drive(conn, id)?;
    let mut bodies = caller.bodies(Role::DriveStaff);
    bodies.extend(caller.bodies(Role::Auditor));
    let is_own = caller.drives(Role::DriveStaff).contains(&id);
    if is_own || organisations::covers(conn, &bodies, drive.organiser)? {
        Ok(drive)
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

impl FunnelView {
    fn of(lines: &[Held]) -> Self {
        let mut all = Self::default();
        for line in lines {
            all.add(line);
        }
        all
    }

    fn add(&mut self, held: &Held) {
        self.registered += i64::from(held.registered);
        self.attended += i64::from(held.attended);
        self.collected += i64::from(held.collected);
        self.safe += i64::from(held.safe);
        self.ml += held.ml;
    }
}

fn view(
    drive: DriveRow,
    held: Vec<Held>,
    declared: Vec<DeclaredCount>,
    groups: Vec<(Option<String>, i64)>,
    language: Language,
) -> DriveTotalsView {
    let recorded = FunnelView::of(&held);
    let sum = |of: fn(&Held) -> i32| held.iter().map(|line| i64::from(of(line))).sum();
    let typed = declared.iter().map(|line| i64::from(line.collected));
    let typed: Option<i64> = (!declared.is_empty()).then(|| typed.sum());
    let percent = drive
        .target_units
        .and_then(|target| reached(recorded.collected, target));
    DriveTotalsView {
        name: drive.name,
        state: drive.state,
        collected_emergency: held
            .iter()
            .filter(|line| line.kind == "emergency")
            .map(|line| i64::from(line.collected))
            .sum(),
        ml350plus: sum(|line| line.ml350plus),
        first_time: sum(|line| line.first_time),
        declared: typed,
        difference: typed.map(|typed| typed - recorded.collected),
        target: drive.target_units,
        percent,
        percent_text: percent.map(|percent| percent_text(percent, language)),
        groups: groups
            .into_iter()
            .map(|(blood_group, units)| GroupView { blood_group, units })
            .collect(),
        bodies: bodies(held, declared),
        recorded,
    }
}

fn reached(collected: i64, target: i32) -> Option<f64> {
    let collected = i32::try_from(collected).ok().map(f64::from)?;
    super::super::rules::percent(
        (collected, Exactness::Exact),
        (target.into(), Exactness::Exact),
    )
}

/// One entry a body and kind, recorded and declared side by side.
fn bodies(held: Vec<Held>, declared: Vec<DeclaredCount>) -> Vec<BodyCountView> {
    let mut bodies: Vec<BodyCountView> = Vec::new();
    for line in held {
        let same =
            |body: &&mut BodyCountView| body.organisation == line.body && body.kind == line.kind;
        if let Some(body) = bodies.iter_mut().find(same) {
            body.recorded.add(&line);
            continue;
        }
        let mut recorded = FunnelView::default();
        recorded.add(&line);
        bodies.push(body_view((line.body, line.name, line.kind), recorded));
    }
    for line in declared {
        let same = |body: &BodyCountView| body.organisation == line.body && body.kind == line.kind;
        if !bodies.iter().any(same) {
            let who = (line.body, line.name.clone(), line.kind.clone());
            bodies.push(body_view(who, FunnelView::default()));
        }
        if let Some(body) = bodies.iter_mut().find(|body| same(body)) {
            body.difference = Some(i64::from(line.collected) - body.recorded.collected);
            body.declared = Some(DeclaredCountView {
                registered: line.registered,
                attended: line.attended,
                collected: line.collected,
                safe: line.safe,
                ml: line.ml,
            });
        }
    }
    bodies
}

fn body_view(
    (organisation, name, kind): (OrganisationId, String, String),
    recorded: FunnelView,
) -> BodyCountView {
    BodyCountView {
        organisation,
        name,
        kind,
        recorded,
        declared: None,
        difference: None,
    }
}
