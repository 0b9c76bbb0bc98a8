//! Who stands behind a sign-in, and with which grants.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{grants, people, sign_ins};
use crate::platform::http::{Grant, Role, Standing};
use crate::platform::id::{DriveId, OrganisationId, PersonId, SignInId};
use diesel::prelude::*;

type Row = (
    PersonId,
    i32,
    Option<Role>,
    Option<OrganisationId>,
    Option<DriveId>,
);

/// Who stands behind a sign-in at this moment, with every grant that holds: one question.
pub fn standing(conn: &mut Conn, sign_in: SignInId, now: Moment) -> QueryResult<Option<Standing>> {
    let rows = rows(conn, sign_in, now)?;
    let first = rows.first().map(|(person, epoch, ..)| (*person, *epoch));
    Ok(first.map(|(person, epoch)| Standing {
        person,
        sign_in,
        epoch,
        grants: rows.into_iter().filter_map(granted).collect(),
    }))
}

fn granted((_, _, role, organisation, drive): Row) -> Option<Grant> {
    Some(Grant {
        role: role?,
        organisation,
        drive,
    })
}

fn rows(conn: &mut Conn, sign_in: SignInId, now: Moment) -> QueryResult<Vec<Row>> {
    let holds = grants::revoked_at
        .is_null()
        .and(grants::until.is_null().or(grants::until.gt(Some(now))));
    crate::on_each!(conn => sign_ins::table
        .inner_join(people::table.on(people::id.eq(sign_ins::person)))
        .left_join(grants::table.on(grants::person.eq(sign_ins::person).and(holds)))
        .filter(sign_ins::id.eq(sign_in))
        .filter(sign_ins::revoked_at.is_null())
        .filter(sign_ins::idle_until.gt(now))
        .filter(sign_ins::ends_at.gt(now))
        .filter(people::erased_at.is_null())
        .select((
            sign_ins::person,
            sign_ins::epoch,
            grants::role.nullable(),
            grants::organisation.nullable(),
            grants::drive.nullable(),
        ))
        .load(conn))
}
