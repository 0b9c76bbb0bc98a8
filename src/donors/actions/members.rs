//! Clubs' lists: a lead types whom they know; such people are listed, and not written to before they claim their entry.
use super::{enrol, record_gift};
use crate::blood::BloodGroup;
use crate::donors::model::{Certainty, Gift};
use crate::donors::rules::Refusal;
use crate::donors::store;
use crate::eligibility::RuleSet;
use crate::people::{self, NewPerson};
use crate::platform::db::Conn;
use crate::platform::fold::fold;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::Problem;
use chrono::NaiveDate;

/// Somebody a lead puts on the list.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Whose list.
    pub club: OrganisationId,
    /// Who.
    pub person: NewPerson,
    /// The blind marks of their contacts.
    pub lookups: Vec<String>,
    /// As the lead knows it.
    pub group: Option<BloodGroup>,
    /// The last one, as the lead knows it.
    pub gift: Option<Gift>,
    /// The lead.
    pub added_by: PersonId,
    /// The day of joining.
    pub today: NaiveDate,
}

/// Puts somebody on a club's list, unless they are known already.
pub fn list_member(conn: &mut Conn, rules: &RuleSet, member: &NewMember) -> Result<(), Problem> {
    if is_known(conn, member)? {
        return Err(Refusal::MemberAlreadyKnown.into());
    }
    people::insert(conn, &member.person)?;
    let (id, now) = (member.person.id, member.person.created_at);
    match &member.gift {
        Some(gift) => record_gift(conn, rules, gift, now)?,
        None => enrol(conn, rules, id, now)?,
    }
    if let Some(group) = member.group {
        store::put_group(conn, id, group, Certainty::Declared)?;
    }
    let added = (member.today, member.added_by);
    Ok(store::join(conn, member.club, id, added)?)
}

fn is_known(conn: &mut Conn, member: &NewMember) -> Result<bool, Problem> {
    let (person, name) = (&member.person, fold(member.person.name.as_str()));
    if let Some(number) = &person.citizen_lookup
        && store::has_citizen_number(conn, number)?
    {
        return Ok(true);
    }
    if store::has_contact_and_name(conn, &member.lookups, &name)? {
        return Ok(true);
    }
    match person.birth_date {
        Some(born) => Ok(store::is_in_club(conn, member.club, &name, born.day())?),
        None => Ok(false),
    }
}
