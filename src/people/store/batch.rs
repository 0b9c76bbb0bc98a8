//! Many people at once, as lists bring them.
use crate::people::model::{ContactKind, Giver, NewPerson, Sex};
use crate::people::store::consents::ConsentChange;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{consents, contacts, people};
use crate::platform::fold::fold;
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use crate::platform::seal::Sealed;
use crate::platform::text::{BirthDate, Coordinates};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Rows of one statement.
const BATCH: usize = 1_500;

/// Somebody new, with where they live.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// Who.
    pub person: NewPerson,
    /// Where they live, sealed by [`address`].
    pub address: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
struct PersonRow {
    id: PersonId,
    name: String,
    search_name: String,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    language: &'static str,
    commune: Option<OrganisationId>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    cell: Option<i32>,
    address_sealed: Option<String>,
    citizen_lookup: Option<String>,
    created_at: Moment,
}

impl From<&Newcomer> for PersonRow {
    fn from(newcomer: &Newcomer) -> Self {
        let person = &newcomer.person;
        Self {
            id: person.id,
            name: person.name.as_str().to_owned(),
            search_name: fold(person.name.as_str()),
            birth_date: person.birth_date.map(BirthDate::day),
            sex: person.sex,
            language: person.language.code(),
            commune: person.commune,
            latitude: person.coordinates.map(Coordinates::latitude),
            longitude: person.coordinates.map(Coordinates::longitude),
            cell: person.coordinates.map(Coordinates::cell),
            address_sealed: newcomer.address.clone(),
            citizen_lookup: person.citizen_lookup.clone(),
            created_at: person.created_at,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = contacts, treat_none_as_default_value = false)]
struct ContactRow {
    id: AnyId,
    person: PersonId,
    kind: ContactKind,
    sealed: String,
    lookup: String,
    is_own: bool,
    created_at: Moment,
}

/// Seals where a person lives for their own row.
pub fn address(app: &App, person: PersonId, text: &str) -> String {
    let what = Sealed::new("people.address_sealed", person.0);
    app.keys.seal(what, text, &mut app.rng())
}

/// Keeps everybody, with their contacts.
pub fn insert_all(conn: &mut Conn, newcomers: &[Newcomer]) -> QueryResult<()> {
    for part in newcomers.chunks(BATCH) {
        let rows: Vec<PersonRow> = part.iter().map(PersonRow::from).collect();
        crate::on_each!(conn => diesel::insert_into(people::table).values(&rows).execute(conn))?;
        let rows: Vec<ContactRow> = part.iter().flat_map(contact_rows).collect();
        crate::on_each!(conn => diesel::insert_into(contacts::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

fn contact_rows(newcomer: &Newcomer) -> impl Iterator<Item = ContactRow> {
    let person = &newcomer.person;
    person.contacts.iter().map(|contact| ContactRow {
        id: contact.id,
        person: person.id,
        kind: contact.kind,
        sealed: contact.sealed.clone(),
        lookup: contact.lookup.clone(),
        is_own: contact.giver == Giver::Themself,
        created_at: person.created_at,
    })
}

/// Keeps many a yes or no.
pub fn record_consents(conn: &mut Conn, changes: &[ConsentChange]) -> QueryResult<()> {
    for part in changes.chunks(BATCH) {
        crate::on_each!(conn => diesel::insert_into(consents::table).values(part).execute(conn))?;
    }
    Ok(())
}

/// Takes people away whom nobody knows but the list that brought them: nothing else may name them any more.
pub fn remove_all(conn: &mut Conn, ids: &[PersonId]) -> QueryResult<()> {
    for part in ids.chunks(BATCH) {
        diesel::delete(contacts::table.filter(contacts::person.eq_any(part))).execute(conn)?;
        diesel::delete(consents::table.filter(consents::person.eq_any(part))).execute(conn)?;
        diesel::delete(people::table.filter(people::id.eq_any(part))).execute(conn)?;
    }
    Ok(())
}
