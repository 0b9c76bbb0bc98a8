//! What a result list makes: visits with their outcome, as if the desk had tapped them in, so that the sums move.
mod recording;

use super::{Reach, open};
use crate::drives::model::Drive;
use crate::imports::model::{Remark, Verdict, Who};
use crate::imports::rules::deciding::Step;
use crate::imports::rules::judge::Judged;
use crate::imports::store::made::Made;
use crate::imports::store::rows::Row;
use crate::platform::App;
use crate::platform::db::{Conn, attempt};
use crate::platform::id::PersonId;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Invalid;
use recording::Recording;
use std::collections::HashMap;

/// Does everything once and takes it back, so that a row that would be refused is told beforehand.
pub(super) fn rehearse(
    conn: &mut Conn,
    app: &App,
    (reach, drive): (&Reach, &Drive),
    judged: &mut [Judged],
) -> Result<(), Problem> {
    let mut failed = None;
    let taken_back = attempt(conn, |conn| {
        let recording = Recording::new(conn, app, (reach, drive))?;
        for one in judged.iter_mut() {
            let who = match (one.verdict, one.who) {
                (Verdict::New, _) => None,
                (Verdict::Same, Some(Who::Person(person))) => Some(person),
                _ => continue,
            };
            match attempt(conn, |conn| recording.record(conn, who, &one.row.entry)) {
                Ok(_) => {}
                Err(refused) if refused.kind().status >= 500 => {
                    failed = Some(refused);
                    break;
                }
                Err(refused) => refuse(one, &refused),
            }
        }
        Err::<(), Problem>((&Kind::STILL_RUNNING).into())
    });
    match (failed, taken_back) {
        (Some(failed), _) => Err(failed),
        (None, Err(problem)) if problem.kind() != &Kind::STILL_RUNNING => Err(problem),
        _ => Ok(()),
    }
}

fn refuse(one: &mut Judged, refused: &Problem) {
    one.verdict = Verdict::Problem;
    one.row
        .remarks
        .extend(refused.phrase().map(|phrase| Remark {
            column: None,
            field: None,
            phrase,
        }));
}

/// Applies a result list; a row that is refused is named, and nothing of the list counts.
pub(super) fn apply(
    conn: &mut Conn,
    app: &App,
    (reach, drive): (&Reach, &Drive),
    rows: &[Row],
) -> Result<Vec<Made>, Problem> {
    let recording = Recording::new(conn, app, (reach, drive))?;
    let (mut all, mut invalid) = (Vec::<Made>::new(), Invalid::default());
    let mut meant: HashMap<i32, PersonId> = HashMap::new();
    for row in rows {
        let who = match row.standing().step() {
            Step::Skip => continue,
            Step::New => None,
            Step::Same(Who::Person(person)) => Some(person),
            Step::Same(Who::Row(earlier)) => meant.get(&earlier).copied(),
        };
        let Some(entry) = open(&app.keys, row) else {
            continue;
        };
        match attempt(conn, |conn| recording.record(conn, who, &entry)) {
            Ok(made) => {
                meant.insert(row.number, made.person);
                all.push(made.of_row(row.import, row.number));
            }
            Err(refused) if refused.kind().status >= 500 => return Err(refused),
            Err(refused) => {
                invalid.refuse(format!("rows.{}", row.number), said(&refused));
            }
        }
    }
    invalid.check()?;
    Ok(all)
}

fn said(refused: &Problem) -> Phrase {
    let general = || Phrase::new(keys::FIELD_DOES_NOT_FIT);
    refused.phrase().unwrap_or_else(general)
}
