//! Rows of people.
use crate::people::model::{NewPerson, PersonChange, Sex, given_name};
use crate::people::store::contacts;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{consents, contacts as addresses, organisations, people};
use crate::platform::fold::fold;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::Language;
use crate::platform::text::{BirthDate, Coordinates, PersonName};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A person as other subjects see them: no contact, no health.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonCard {
    /// Who.
    pub id: PersonId,
    /// The full name.
    pub name: String,
    /// Where known.
    pub birth_date: Option<NaiveDate>,
    /// Where known.
    pub sex: Option<Sex>,
    /// What they read.
    pub language: Language,
    /// The commune they live in.
    pub commune: Option<OrganisationId>,
    /// About where they live.
    pub coordinates: Option<Coordinates>,
    /// The square of the grid around these coordinates.
    pub cell: Option<i32>,
    /// Since when the person has signed in themself; before that they are only listed.
    pub claimed_at: Option<Moment>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Row {
    id: PersonId,
    name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    language: String,
    commune: Option<OrganisationId>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    cell: Option<i32>,
    claimed_at: Option<Moment>,
}

impl From<Row> for PersonCard {
    fn from(row: Row) -> Self {
        let coordinates = row.latitude.zip(row.longitude);
        Self {
            id: row.id,
            name: row.name,
            birth_date: row.birth_date,
            sex: row.sex,
            language: Language::parse(&row.language).unwrap_or_default(),
            commune: row.commune,
            coordinates: coordinates
                .and_then(|(latitude, longitude)| Coordinates::parse(latitude, longitude).ok()),
            cell: row.cell,
            claimed_at: row.claimed_at,
        }
    }
}

#[derive(AsChangeset)]
#[diesel(table_name = people)]
struct Changed {
    name: Option<String>,
    search_name: Option<String>,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    language: Option<&'static str>,
    commune: Option<OrganisationId>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    cell: Option<i32>,
}

/// Keeps somebody new, with their contacts.
pub fn insert(conn: &mut Conn, person: &NewPerson) -> QueryResult<()> {
    let coordinates = person.coordinates;
    diesel::insert_into(people::table)
        .values((
            people::id.eq(person.id),
            people::name.eq(person.name.as_str()),
            people::search_name.eq(fold(person.name.as_str())),
            people::birth_date.eq(person.birth_date.map(BirthDate::day)),
            people::sex.eq(person.sex),
            people::language.eq(person.language.code()),
            people::commune.eq(person.commune),
            people::latitude.eq(coordinates.map(Coordinates::latitude)),
            people::longitude.eq(coordinates.map(Coordinates::longitude)),
            people::cell.eq(coordinates.map(Coordinates::cell)),
            people::citizen_lookup.eq(person.citizen_lookup.as_deref()),
            people::created_at.eq(person.created_at),
        ))
        .execute(conn)?;
    person
        .contacts
        .iter()
        .try_for_each(|contact| contacts::put(conn, person.id, contact, person.created_at))
}

/// The person of this id; an erased one is not found.
pub fn find(conn: &mut Conn, id: PersonId) -> QueryResult<PersonCard> {
    people::table
        .find(id)
        .filter(people::erased_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .map(PersonCard::from)
}

/// Keeps what a person says anew of themself.
pub(in crate::people) fn update(
    conn: &mut Conn,
    id: PersonId,
    change: &PersonChange,
) -> QueryResult<PersonCard> {
    let name = change.name.as_ref().map(PersonName::as_str);
    let at = change.coordinates;
    let changed = Changed {
        name: name.map(str::to_owned),
        search_name: name.map(fold),
        birth_date: change.birth_date.map(BirthDate::day),
        sex: change.sex,
        language: change.language.map(Language::code),
        commune: change.commune,
        latitude: at.map(Coordinates::latitude),
        longitude: at.map(Coordinates::longitude),
        cell: at.map(Coordinates::cell),
    };
    let row = people::table.find(id).filter(people::erased_at.is_null());
    match diesel::update(row).set(changed).execute(conn) {
        // Nothing was said: diesel has no words for an empty change.
        Err(diesel::result::Error::QueryBuilderError(_)) | Ok(_) => find(conn, id),
        Err(error) => Err(error),
    }
}

/// The given names of these people, to tell them apart where they share a contact; erased ones are left out.
pub fn given_names(conn: &mut Conn, ids: &[PersonId]) -> QueryResult<Vec<(PersonId, String)>> {
    let rows: Vec<(PersonId, String)> = people::table
        .filter(people::id.eq_any(ids))
        .filter(people::erased_at.is_null())
        .order((people::search_name, people::id))
        .select((people::id, people::name))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (id, given_name(&name)))
        .collect())
}

/// Notes that the person has signed in themself; the first time counts.
pub fn claim(conn: &mut Conn, person: PersonId, now: Moment) -> QueryResult<()> {
    diesel::update(
        people::table
            .find(person)
            .filter(people::claimed_at.is_null()),
    )
    .set(people::claimed_at.eq(Some(now)))
    .execute(conn)
    .map(drop)
}

/// Drops everything that says who this was; the row stays, so that what was counted stays counted.
pub fn erase(conn: &mut Conn, person: PersonId, now: Moment) -> QueryResult<()> {
    diesel::delete(addresses::table.filter(addresses::person.eq(person))).execute(conn)?;
    diesel::delete(consents::table.filter(consents::person.eq(person))).execute(conn)?;
    diesel::update(people::table.find(person))
        .set((
            people::name.eq("—"),
            people::search_name.eq(""),
            people::birth_date.eq(None::<NaiveDate>),
            people::sex.eq(None::<Sex>),
            people::commune.eq(None::<OrganisationId>),
            (
                people::latitude.eq(None::<f64>),
                people::longitude.eq(None::<f64>),
                people::cell.eq(None::<i32>),
            ),
            people::address_sealed.eq(None::<String>),
            people::citizen_lookup.eq(None::<String>),
            people::erased_at.eq(Some(now)),
        ))
        .execute(conn)
        .map(drop)
}

/// The full names of these people; an erased one's is a dash.
pub fn names(conn: &mut Conn, ids: &[PersonId]) -> QueryResult<HashMap<PersonId, String>> {
    let rows: Vec<(PersonId, String)> = people::table
        .filter(people::id.eq_any(ids))
        .select((people::id, people::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Whether this is a commune people can live in.
// Organisations own this table and stand right of people; without this look a wrong id would be a broken reference.
pub(in crate::people) fn is_commune(conn: &mut Conn, id: OrganisationId) -> QueryResult<bool> {
    let commune = organisations::table
        .find(id)
        .filter(organisations::kind.eq("commune"));
    diesel::select(diesel::dsl::exists(commune)).get_result(conn)
}
