//! What stands beside a registration that is put back.
use crate::platform::db::Conn;
use crate::platform::db::schema::registrations;
use crate::registrations::model::RegistrationState;
use crate::registrations::store::Registration;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Whether its person is expected or being received at the same drive by another registration.
pub(crate) fn has_other_live(conn: &mut Conn, one: &Registration) -> QueryResult<bool> {
    let live = RegistrationState::ALL
        .into_iter()
        .filter(|state| state.is_live());
    let others = registrations::table
        .filter(registrations::person.eq(one.person))
        .filter(registrations::drive.eq(one.drive))
        .filter(registrations::state.eq_any(live))
        .filter(registrations::id.ne(one.id));
    diesel::select(exists(others)).get_result(conn)
}
