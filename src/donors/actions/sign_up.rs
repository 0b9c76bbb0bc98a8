//! Signing up: a person who wants to give, with what they agreed to.
use super::consents::copy_wishes;
use super::{enrol, record_gift};
use crate::blood::BloodGroup;
use crate::donors::model::{Certainty, Gift};
use crate::donors::rules::Refusal;
use crate::donors::store;
use crate::eligibility::RuleSet;
use crate::organisations::{self, OrganisationKind};
use crate::people::{self, ConsentChange, NewPerson};
use crate::platform::db::Conn;
use crate::platform::fold::fold;
use crate::platform::id::OrganisationId;
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::{BirthDate, Coordinates};

/// Somebody who signs up.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// Who.
    pub person: NewPerson,
    /// The blind marks of their contacts.
    pub lookups: Vec<String>,
    /// Everything they said yes to; nothing else is assumed.
    pub consents: Vec<ConsentChange>,
    /// As they know it.
    pub group: Option<BloodGroup>,
    /// Their last one, as they remember it.
    pub gift: Option<Gift>,
}

/// Keeps a donor. Who signs up again under the same contact, name and birth date changes nothing, and nobody is told
/// whether that was so.
pub fn sign_up(conn: &mut Conn, rules: &RuleSet, mut sign_up: SignUp) -> Result<(), Problem> {
    let person = &mut sign_up.person;
    if let Some(commune) = person.commune {
        person.coordinates = middle_of(conn, commune)?;
    }
    let born = person.birth_date.map(BirthDate::day);
    let name = fold(person.name.as_str());
    if store::has_signed_up(conn, &sign_up.lookups, &name, born)? {
        return Ok(());
    }
    people::insert(conn, person)?;
    for consent in &sign_up.consents {
        people::consents::record(conn, consent)?;
    }
    let (id, now) = (person.id, person.created_at);
    match &sign_up.gift {
        Some(gift) => record_gift(conn, rules, gift, now)?,
        None => enrol(conn, rules, id, now)?,
    }
    if let Some(group) = sign_up.group {
        store::put_group(conn, id, group, Certainty::Declared)?;
    }
    Ok(copy_wishes(conn, id)?)
}

/// About where people of a commune live.
fn middle_of(conn: &mut Conn, commune: OrganisationId) -> Result<Option<Coordinates>, Problem> {
    let found = organisations::find(conn, commune).map_err(Problem::from);
    let body = match found {
        Ok(body) if body.kind == OrganisationKind::Commune => body,
        Err(problem) if problem.kind() != &Kind::NOT_FOUND => return Err(problem),
        _ => return Err(Refusal::NoSuchCommune.into()),
    };
    let place = body.latitude.zip(body.longitude);
    Ok(place.and_then(|(north, east)| Coordinates::parse(north, east).ok()))
}
