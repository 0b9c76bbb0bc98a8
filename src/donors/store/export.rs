//! Everything kept of one person, read for nobody but themself. Other subjects' tables are only read here, since what
//! they keep of a person must all be handed out and most of them stand to the right.
use super::super::export::{
    Answered, Ask, Club, Donation, Look, Message, Screening, Standby, Visit,
};
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    accesses, asks, donations, drives, memberships, notices, organisations, questionnaires,
    registrations, reserve_pledges, screenings,
};
use crate::platform::id::PersonId;
use diesel::prelude::*;

macro_rules! entries {
    ($(#[$doc:meta])* $name:ident -> $entry:ident { $($field:ident),+ } from |$person:ident| $query:expr) => {
        $(#[$doc])*
        pub(in crate::donors) fn $name(conn: &mut Conn, $person: PersonId) -> QueryResult<Vec<$entry>> {
            let rows = $query.load(conn)?;
            let entry = |($($field),+)| $entry { $($field),+ };
            Ok(rows.into_iter().map(entry).collect())
        }
    };
}

entries! {
    /// Clubs, by the day of joining.
    clubs -> Club { name, joined_on, left_on } from |person| memberships::table
        .inner_join(organisations::table.on(organisations::id.eq(memberships::club)))
        .filter(memberships::person.eq(person))
        .order((memberships::joined_on, memberships::club))
        .select((organisations::name, memberships::joined_on, memberships::left_on))
}

entries! {
    /// For which clubs they stand by.
    pledges -> Standby { club, max_km, nights, tested_on, pledged_at } from |person| reserve_pledges::table
        .inner_join(organisations::table.on(organisations::id.eq(reserve_pledges::club)))
        .filter(reserve_pledges::person.eq(person))
        .order((reserve_pledges::pledged_at, reserve_pledges::club))
        .select((
            organisations::name,
            reserve_pledges::max_km,
            reserve_pledges::nights,
            reserve_pledges::tested_on,
            reserve_pledges::pledged_at,
        ))
}

entries! {
    /// Registrations, by day.
    visits -> Visit { drive, held_on, state, registered_at } from |person| registrations::table
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .filter(registrations::person.eq(person))
        .order((registrations::held_on, registrations::id))
        .select((drives::name, registrations::held_on, registrations::state, registrations::created_at))
}

entries! {
    /// What was collected here, by day.
    donations -> Donation { given_on, component, volume_ml, blood_group, unit_number, certificate_serial, voided_at }
    from |person| donations::table
        .filter(donations::person.eq(person))
        .order((donations::held_on, donations::id))
        .select((
            donations::held_on,
            donations::component,
            donations::volume_ml,
            donations::blood_group,
            donations::unit_number,
            donations::certificate_serial,
            donations::voided_at,
        ))
}

entries! {
    /// Screenings with what was found still sealed.
    screenings -> Screening { id, findings, decision, screened_at } from |person| screenings::table
        .inner_join(registrations::table.on(registrations::id.eq(screenings::registration)))
        .filter(registrations::person.eq(person))
        .filter(screenings::voided_at.is_null())
        .order((screenings::screened_at, screenings::id))
        .select((screenings::id, screenings::findings_sealed, screenings::decision, screenings::screened_at))
}

entries! {
    /// Answers about health that are not forgotten yet, still sealed.
    questionnaires -> Answered { registration, version, answers, answered_at } from |person| questionnaires::table
        .filter(questionnaires::person.eq(person))
        .order((questionnaires::answered_at, questionnaires::registration))
        .select((
            questionnaires::registration,
            questionnaires::version,
            questionnaires::answers_sealed,
            questionnaires::answered_at,
        ))
}

entries! {
    /// Calls that asked this person.
    asks -> Ask { asked_at, distance_m, answer, answered_at } from |person| asks::table
        .filter(asks::person.eq(person))
        .order((asks::created_at, asks::id))
        .select((asks::created_at, asks::distance_m, asks::answer, asks::answered_at))
}

entries! {
    /// Who looked at this person, and why.
    looks -> Look { act, reason, at } from |person| accesses::table
        .filter(accesses::person.eq(person))
        .order((accesses::happened_at, accesses::id))
        .select((accesses::act, accesses::reason, accesses::happened_at))
}

entries! {
    /// What was sent or is waiting to be.
    messages -> Message { kind, state, written_at } from |person| notices::table
        .filter(notices::person.eq(person))
        .order((notices::created_at, notices::id))
        .select((notices::kind, notices::state, notices::created_at))
}
