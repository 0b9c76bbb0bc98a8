//! Reading a list and judging its rows, so that a person can look before anything counts.
use super::{Reach, Target, facts, results, sealed};
use crate::imports::files;
use crate::imports::model::{Column, ImportId, ImportKind, ImportState, Verdict};
use crate::imports::rules::entry::{Entry, ReadRow};
use crate::imports::rules::judge::{Facts, Judged, judge_all};
use crate::imports::rules::reader::{Reading, read_all};
use crate::imports::rules::refusal::Refusal;
use crate::imports::store::imports::{self, Import};
use crate::imports::store::known::Scope;
use crate::imports::store::rows::{self, Row};
use crate::imports::store::{made, visits};
use crate::platform::App;
use crate::platform::db::{Conn, Json, plan_anew};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::model::RegistrationState;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use rand::rngs::StdRng;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Days a list waits to be applied before what stands in it is forgotten.
const WAITS_DAYS: i64 = 7;
/// Rows of a result list: each is a visit with everything that follows from it.
const MOST_RESULTS: usize = 5_000;
/// Rows that lie sealed in memory beside what they say.
const SEALED_AT_ONCE: usize = 2_000;

/// A list somebody brings.
#[derive(Clone)]
pub(in crate::imports) struct Order {
    pub(in crate::imports) kind: ImportKind,
    pub(in crate::imports) organisation: Option<OrganisationId>,
    pub(in crate::imports) drive: Option<DriveId>,
    pub(in crate::imports) name: Option<String>,
    /// A file as it came, or what was pasted.
    pub(in crate::imports) content: Content,
    pub(in crate::imports) by: PersonId,
}

/// What was brought.
#[derive(Clone)]
pub(in crate::imports) enum Content {
    /// A file as it came.
    File(Vec<u8>),
    /// What somebody pasted.
    Pasted(String),
}

/// A list as it was read.
pub(in crate::imports) struct ReadList {
    import: Import,
    rows: Vec<ReadRow>,
}

/// Reads a list; asks no database, and takes a second for a large one.
pub(in crate::imports) fn read_list(app: &App, order: Order) -> Result<ReadList, Refusal> {
    let (table, layout) = match &order.content {
        Content::File(bytes) => files::read(bytes)?,
        Content::Pasted(text) => files::read_pasted(text)?,
    };
    let reading = Reading {
        kind: order.kind,
        layout: &layout,
        keys: &app.keys,
        today: app.today(),
    };
    let rows = read_all(reading, &table.lines);
    let sheet = table.sheet.clone().unwrap_or_default();
    if rows.is_empty() {
        return Err(Refusal::NoRows { sheet });
    }
    if order.kind == ImportKind::Results && rows.len() > MOST_RESULTS {
        return Err(Refusal::TooManyRows {
            sheet,
            max: MOST_RESULTS,
        });
    }
    let heading = table.lines.get(layout.at).map_or(1, |line| line.number);
    let import = import(app, order, (table.sheet, heading, layout.columns));
    Ok(ReadList { import, rows })
}

fn import(
    app: &App,
    order: Order,
    (sheet, heading_row, columns): (Option<String>, i32, Vec<Column>),
) -> Import {
    let target = order
        .organisation
        .map(|id| id.0)
        .or(order.drive.map(|id| id.0));
    let content = match &order.content {
        Content::File(bytes) => bytes.as_slice(),
        Content::Pasted(text) => text.as_bytes(),
    };
    let place = format!("{}:{}", order.kind.as_str(), target.unwrap_or_default());
    Import {
        id: app.id(),
        kind: order.kind,
        organisation: order.organisation,
        drive: order.drive,
        name: order.name,
        state: ImportState::Checked,
        digest: digest(app, &place, content),
        again_of: None,
        sheet,
        heading_row,
        headings: Json(json!(columns)),
        counts: Json(json!({})),
        created_by: order.by,
        created_at: app.now(),
        expires_at: app.now() + TimeDelta::days(WAITS_DAYS),
        applied_at: None,
        undone_at: None,
    }
}

fn digest(app: &App, place: &str, content: &[u8]) -> String {
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(content));
    app.keys.lookup("import", &format!("{place}:{hash}"))
}

/// Judges every row and keeps the list until somebody applies or drops it.
pub(in crate::imports) fn check(
    conn: &mut Conn,
    app: &App,
    reach: &Reach,
    list: ReadList,
) -> Result<Import, Problem> {
    plan_anew(conn)?;
    let ReadList { mut import, rows } = list;
    let target = reach.target(conn, &import)?;
    import.again_of = imports::applied_before(conn, &import.digest)?;
    let facts = facts_for(conn, reach, (&target, &import), &rows)?;
    let mut judged = judge_all(import.kind, rows, facts);
    if let Target::Drive(drive) = &target {
        results::rehearse(conn, app, (reach, drive), &mut judged)?;
    }
    import.counts = counts(&judged);
    imports::insert(conn, &import)?;
    for part in judged.chunks(SEALED_AT_ONCE) {
        rows::insert(conn, &kept(app, import.id, part)?)?;
    }
    Ok(import)
}

fn facts_for(
    conn: &mut Conn,
    reach: &Reach,
    (target, import): (&Target, &Import),
    rows: &[ReadRow],
) -> Result<Facts, Problem> {
    let (scope, club) = match target {
        Target::Club(club) => (Scope::Clubs(reach.leads.clone()), Some(*club)),
        Target::Drive(drive) => (Scope::Drive(drive.id), None),
    };
    let entries: Vec<&Entry> = rows.iter().map(|row| &row.entry).collect();
    let mut facts = facts::gather(conn, &entries, &scope, club)?;
    if let Some(before) = import.again_of {
        facts.before = made::meant(conn, before)?;
    }
    if let Target::Drive(drive) = target {
        let registered = visits::registered(conn, drive.id)?;
        let is_over =
            |state: RegistrationState| state.is_attended() && state != RegistrationState::CheckedIn;
        let over = registered.iter().filter(|visit| is_over(visit.state));
        facts.concluded = over.map(|visit| visit.person).collect();
    }
    Ok(facts)
}

fn counts(judged: &[Judged]) -> Json {
    let all = [
        Verdict::New,
        Verdict::Same,
        Verdict::There,
        Verdict::Repeated,
        Verdict::Unsure,
        Verdict::Problem,
    ];
    let mut counts: BTreeMap<&str, usize> = all.iter().map(|one| (one.as_str(), 0)).collect();
    for one in judged {
        *counts.entry(one.verdict.as_str()).or_default() += 1;
    }
    Json(json!(counts))
}

fn kept(app: &App, import: ImportId, judged: &[Judged]) -> Result<Vec<Row>, Problem> {
    let mut rng = app.rng();
    let rows = judged.iter();
    rows.map(|one| row(app, import, one, &mut rng)).collect()
}

fn row(app: &App, import: ImportId, one: &Judged, rng: &mut StdRng) -> Result<Row, Problem> {
    let number = one.row.number;
    let said = serde_json::to_string(&one.row.entry).map_err(Problem::internal)?;
    let (person, same_row) = rows::parted(one.who);
    Ok(Row {
        import,
        number,
        verdict: one.verdict,
        person,
        same_row,
        candidates: Json(json!(one.candidates)),
        remarks: Json(json!(one.row.remarks)),
        sealed: Some(app.keys.seal(sealed(import, number), &said, rng)),
        decision: None,
        decided_person: None,
        decided_row: None,
    })
}
