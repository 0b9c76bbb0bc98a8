//! Which of the people a list made somebody else has used since. Looks into every table that names a person.
use crate::imports::model::ImportId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    accesses, asks, consents, credentials, deferrals, donations, gifts, grants, import_made,
    memberships, notices, people, registrations, relay_items, sign_ins, tickets,
};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Key, keys};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use std::collections::HashMap;

/// Everyone whose column is among the people the import made.
macro_rules! among {
    ($conn:ident, $import:ident, $table:ident :: $person:ident $(, $condition:expr)*) => {{
        let made = import_made::table
            .filter(import_made::import.eq($import))
            .filter(import_made::is_new.eq(true))
            .select(import_made::person);
        let found: Vec<PersonId> = $table::table
            .filter($table::$person.eq_any(made))
            $(.filter($condition))*
            .select($table::$person)
            .distinct()
            .load($conn)?;
        found
    }};
}

/// Why each of them stays; the first reason counts.
pub(in crate::imports) fn reasons(
    conn: &mut Conn,
    import: ImportId,
    (club, applied_at): (Option<OrganisationId>, Moment),
) -> QueryResult<HashMap<PersonId, Key>> {
    let found = [
        (keys::IMPORT_KEPT_CLAIMED, claimed(conn, import)?),
        (
            keys::IMPORT_KEPT_INVITED,
            among!(conn, import, tickets::person),
        ),
        (keys::IMPORT_KEPT_REGISTERED, registered(conn, import)?),
        (keys::IMPORT_KEPT_GAVE, gave(conn, import)?),
        (keys::IMPORT_KEPT_LISTED, listed(conn, import, club)?),
        (
            keys::IMPORT_KEPT_CONSENTED,
            consented(conn, import, applied_at)?,
        ),
        (keys::IMPORT_KEPT_LOOKED_AT, looked_at(conn, import)?),
    ];
    let mut reasons = HashMap::new();
    for (key, people) in found {
        for person in people {
            reasons.entry(person).or_insert(key);
        }
    }
    Ok(reasons)
}

type Found = QueryResult<Vec<PersonId>>;

fn claimed(conn: &mut Conn, import: ImportId) -> Found {
    let mut found = among!(conn, import, people::id, people::claimed_at.is_not_null());
    found.extend(among!(conn, import, sign_ins::person));
    found.extend(among!(conn, import, credentials::person));
    found.extend(among!(conn, import, grants::person));
    Ok(found)
}

fn registered(conn: &mut Conn, import: ImportId) -> Found {
    let mut found = among!(conn, import, registrations::person);
    found.extend(among!(conn, import, asks::person));
    found.extend(among!(conn, import, notices::person));
    found.extend(among!(conn, import, relay_items::person));
    Ok(found)
}

/// What the import itself made does not count.
fn gave(conn: &mut Conn, import: ImportId) -> Found {
    let own = import_made::table
        .filter(import_made::import.eq(import))
        .filter(import_made::gift.eq(gifts::id.nullable()));
    let mut found = among!(conn, import, gifts::person, not(exists(own)));
    found.extend(among!(conn, import, donations::person));
    Ok(found)
}

fn listed(conn: &mut Conn, import: ImportId, club: Option<OrganisationId>) -> Found {
    let club = club.unwrap_or(OrganisationId(uuid::Uuid::nil()));
    Ok(among!(
        conn,
        import,
        memberships::person,
        memberships::club.ne(club)
    ))
}

fn consented(conn: &mut Conn, import: ImportId, applied_at: Moment) -> Found {
    Ok(among!(
        conn,
        import,
        consents::person,
        consents::given_at.ne(applied_at)
    ))
}

fn looked_at(conn: &mut Conn, import: ImportId) -> Found {
    let mut found = among!(conn, import, accesses::person);
    found.extend(among!(conn, import, deferrals::person));
    Ok(found)
}
