//! Answers about health: given by the donor alone, read by the donor and by nurses of that drive.
use super::Powers;
use crate::accounts::{self, Access, Act};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::{RegistrationId, RegistrationState, Visit};
use crate::registrations::rules::{self, Refusal};
use crate::registrations::store::{self, Answers};

/// One's own registration, while its questions may still be answered.
fn own_open(conn: &mut Conn, id: RegistrationId, me: PersonId) -> Result<Visit, Problem> {
    let visit = store::find_visit(conn, id)?;
    if visit.registration.person != me {
        return Err((&Kind::NOT_FOUND).into());
    }
    rules::may_record(&visit.drive)?;
    let state = visit.registration.state;
    match state {
        RegistrationState::Waitlisted
        | RegistrationState::Offered
        | RegistrationState::Booked
        | RegistrationState::CheckedIn => Ok(visit),
        _ => Err(Refusal::WrongState(state).into()),
    }
}

/// Keeps one's own answers.
pub(crate) fn answer(conn: &mut Conn, answers: &Answers) -> Result<(), Problem> {
    own_open(conn, answers.registration, answers.person)?;
    Ok(store::put_answers(conn, answers)?)
}

/// Opens answers for their donor, or for a nurse of the drive: that look is written down.
pub(crate) fn read_answers(
    conn: &mut Conn,
    powers: &Powers,
    id: RegistrationId,
    (look, now): (AnyId, Moment),
) -> Result<Option<Answers>, Problem> {
    let visit = store::find_visit(conn, id)?;
    let person = visit.registration.person;
    if person == powers.person {
        return Ok(store::find_answers(conn, id)?);
    }
    powers.visit_as(conn, id, &powers.nurse)?;
    let answers = store::find_answers(conn, id)?;
    if answers.is_some() {
        let access = Access {
            id: look,
            actor: powers.person,
            person,
            act: Act::HealthRead,
            reason: None,
            at: now,
        };
        accounts::record_access(conn, &access)?;
    }
    Ok(answers)
}
