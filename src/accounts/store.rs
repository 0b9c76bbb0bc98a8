//! Rows of sign-ins and grants.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{grants, people, sign_ins};
use crate::platform::http::{Grant, Role, Standing};
use crate::platform::id::{DriveId, OrganisationId, PersonId, SignInId};
use diesel::prelude::*;

/// Who stands behind a sign-in at this moment, with every grant that holds: one question.
pub fn standing(conn: &mut Conn, sign_in: SignInId, now: Moment) -> QueryResult<Option<Standing>> {
    type Row = (
        PersonId,
        i32,
        Option<Role>,
        Option<OrganisationId>,
        Option<DriveId>,
    );
    let holds = grants::revoked_at
        .is_null()
        .and(grants::until.is_null().or(grants::until.gt(Some(now))));
    let rows: Vec<Row> = sign_ins::table
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
        .load(conn)?;
    let Some((person, epoch, ..)) = rows.first().copied() else {
        return Ok(None);
    };
    let grants = rows
        .into_iter()
        .filter_map(|(_, _, role, organisation, drive)| {
            Some(Grant {
                role: role?,
                organisation,
                drive,
            })
        });
    Ok(Some(Standing {
        person,
        sign_in,
        epoch,
        grants: grants.collect(),
    }))
}
