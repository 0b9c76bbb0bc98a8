//! What the operator of the machine does about accounts: the first administrator, lists, and taking roles away.
use crate::accounts::hashing;
use crate::accounts::model::Place;
use crate::accounts::rules::Password;
use crate::accounts::store::grants::{self, NewGrant};
use crate::accounts::store::{bodies, credentials, sign_ins};
use crate::people::{self, Contact};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::Phrase;
use crate::platform::problem::Problem;
use crate::platform::seal::Keys;
use crate::platform::text::Email;
use diesel::QueryResult;

/// A password that may be set, hashed; the phrase says why it may not.
pub async fn hash_password(app: &App, raw: &str) -> Result<Result<String, Phrase>, Problem> {
    match Password::chosen(raw) {
        Ok(password) => hashing::hash(app, password).await.map(Ok),
        Err(phrase) => Ok(Err(phrase)),
    }
}

/// Gives a role with a password to sign in with.
pub fn add(conn: &mut Conn, new: &NewGrant, lookup: &str, password_hash: &str) -> QueryResult<()> {
    admit(conn, new.person, (lookup, password_hash), new.at)?;
    grants::grant(conn, new)
}

/// Gives a password to sign in with; the person's mail address counts as verified.
pub fn admit(
    conn: &mut Conn,
    person: PersonId,
    (lookup, password_hash): (&str, &str),
    now: Moment,
) -> QueryResult<()> {
    people::contacts::verify(conn, person, lookup, now)?;
    people::claim(conn, person, now)?;
    credentials::set(conn, person, password_hash, now)
}

/// Everyone who may sign in with this mail address.
pub fn find(conn: &mut Conn, keys: &Keys, email: &Email) -> QueryResult<Vec<PersonId>> {
    people::contacts::with_lookup(conn, &Contact::Email(email.clone()).lookup(keys))
}

/// Whether nobody was ever given a role here, so that somebody has to begin.
pub fn is_new(conn: &mut Conn) -> QueryResult<bool> {
    grants::is_any(conn).map(|is_any| !is_any)
}

/// What proves that whoever makes the first administrator reads what the service prints: ten letters and digits.
pub fn setup_code(keys: &Keys) -> String {
    plain(&keys.lookup("setup", "code"))
        .chars()
        .take(10)
        .collect()
}

/// Whether somebody typed the set-up code, in whatever case and grouping.
pub fn is_setup_code(keys: &Keys, typed: &str) -> bool {
    plain(typed) == setup_code(keys)
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// A role somebody holds.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where.
    pub place: Option<Place>,
}

/// Everyone who holds a role at this moment, at most 1,000 roles.
pub fn list(conn: &mut Conn, now: Moment) -> QueryResult<Vec<Holder>> {
    let rows = grants::list_all(conn, now)?;
    let ids: Vec<PersonId> = rows.iter().map(|grant| grant.person).collect();
    let names = people::names(conn, &ids)?;
    let holder = |grant: grants::GrantRow| Holder {
        person: grant.person,
        name: names.get(&grant.person).cloned().unwrap_or_default(),
        role: grant.role,
        place: grant
            .organisation
            .map(Place::Organisation)
            .or(grant.drive.map(Place::Drive)),
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// Takes every role and the password from a person and signs them out; answers how many roles there were.
pub fn revoke(conn: &mut Conn, person: PersonId, now: Moment) -> QueryResult<usize> {
    sign_ins::end_all(conn, person, now)?;
    credentials::forget(conn, person)?;
    grants::revoke_all(conn, person, now)
}

/// The body an operator names by id or official code; without a name the oldest one at the top.
pub fn body(conn: &mut Conn, named: Option<&str>) -> QueryResult<Option<OrganisationId>> {
    let Some(named) = named else {
        return bodies::root(conn);
    };
    match named.parse::<OrganisationId>() {
        Ok(id) => Ok(bodies::exists(conn, id)?.then_some(id)),
        Err(_no_id) => bodies::with_code(conn, named),
    }
}
