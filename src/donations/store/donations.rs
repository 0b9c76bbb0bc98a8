//! One row for each bag.
use crate::blood::{BloodGroup, Component};
use crate::donations::model::{Act, ChangeId, DonationId, UnitResult};
use crate::drives::model::UnitKind;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{donation_changes, donations};
use crate::platform::db::{Conn, Json};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::registrations::model::{RegistrationId, RegistrationState};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

/// One bag, as it stands.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, AsChangeset, Identifiable)]
#[diesel(table_name = donations, treat_none_as_null = true)]
pub struct Donation {
    /// Which.
    pub id: DonationId,
    /// Of which visit.
    pub registration: RegistrationId,
    /// At which drive.
    pub drive: DriveId,
    /// Who gave.
    pub person: PersonId,
    /// The drive's organiser, copied.
    pub organiser: OrganisationId,
    /// The body it counts for.
    pub mobilised_by: OrganisationId,
    /// Local day of the session.
    pub held_on: NaiveDate,
    /// Planned or emergency.
    pub kind: UnitKind,
    /// What was given.
    pub component: Component,
    /// In millilitres.
    pub volume_ml: i32,
    /// The size of the bag, in millilitres.
    pub bag_ml: Option<i32>,
    /// The group found on the bag.
    pub blood_group: Option<BloodGroup>,
    /// The number on the bag.
    pub unit_number: Option<String>,
    /// The number with who gave it out; none once voided.
    pub unit_key: Option<String>,
    /// The number of the paper certificate the facility handed out.
    pub certificate_serial: Option<String>,
    /// Has screening, number and group.
    pub is_complete: bool,
    /// Nothing given before was known.
    pub is_first_time: bool,
    /// What the tests said.
    pub result: Option<UnitResult>,
    /// When it was drawn.
    pub collected_at: Moment,
    /// Since when it counts as never given.
    pub voided_at: Option<Moment>,
    /// How far the visit had come before.
    pub visit_was: Option<RegistrationState>,
}

/// A bag to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = donations)]
pub(crate) struct NewDonation {
    pub(crate) id: DonationId,
    pub(crate) registration: RegistrationId,
    pub(crate) drive: DriveId,
    pub(crate) person: PersonId,
    pub(crate) organiser: OrganisationId,
    pub(crate) mobilised_by: OrganisationId,
    pub(crate) held_on: NaiveDate,
    pub(crate) kind: UnitKind,
    pub(crate) component: Component,
    pub(crate) volume_ml: i32,
    pub(crate) bag_ml: Option<i32>,
    pub(crate) blood_group: Option<BloodGroup>,
    pub(crate) unit_number: Option<String>,
    pub(crate) unit_key: Option<String>,
    pub(crate) certificate_serial: Option<String>,
    pub(crate) is_complete: bool,
    pub(crate) is_first_time: bool,
    pub(crate) collected_at: Moment,
    pub(crate) recorded_by: PersonId,
    pub(crate) created_at: Moment,
    pub(crate) visit_was: Option<RegistrationState>,
}

pub(crate) fn insert(conn: &mut Conn, new: &NewDonation) -> QueryResult<()> {
    diesel::insert_into(donations::table)
        .values(new)
        .execute(conn)
        .map(drop)
}

pub(crate) fn find(conn: &mut Conn, id: DonationId) -> QueryResult<Donation> {
    donations::table
        .find(id)
        .select(Donation::as_select())
        .first(conn)
}

/// The bag of a drive with this number; voided ones have none.
pub(crate) fn find_by_unit(
    conn: &mut Conn,
    drive: DriveId,
    unit_key: &str,
) -> QueryResult<Option<Donation>> {
    donations::table
        .filter(donations::unit_key.eq(Some(unit_key)))
        .filter(donations::drive.eq(drive))
        .select(Donation::as_select())
        .first(conn)
        .optional()
}

pub(crate) fn is_unit_known(conn: &mut Conn, unit_key: &str) -> QueryResult<bool> {
    let same = donations::table.filter(donations::unit_key.eq(Some(unit_key)));
    diesel::select(exists(same)).get_result(conn)
}

/// The bags of a visit, voided ones too, in the order of their recording.
pub(crate) fn list_of(conn: &mut Conn, registration: RegistrationId) -> QueryResult<Vec<Donation>> {
    donations::table
        .filter(donations::registration.eq(registration))
        .order((donations::created_at, donations::id))
        .select(Donation::as_select())
        .load(conn)
}

/// Writes what a bag becomes; false when it is no longer as `before`.
pub(crate) fn change(conn: &mut Conn, before: &Donation, after: &Donation) -> QueryResult<bool> {
    let mut unchanged = diesel::update(
        donations::table
            .find(before.id)
            .filter(donations::volume_ml.eq(before.volume_ml))
            .filter(donations::component.eq(before.component))
            .filter(donations::mobilised_by.eq(before.mobilised_by))
            .filter(donations::voided_at.is_null()),
    )
    .set(after)
    .into_boxed();
    unchanged = match before.result {
        Some(result) => unchanged.filter(donations::result.eq(Some(result))),
        None => unchanged.filter(donations::result.is_null()),
    };
    unchanged.execute(conn).map(|rows| rows == 1)
}

/// Keeps what stood before a change, and why it changed.
pub(crate) fn note(
    conn: &mut Conn,
    id: ChangeId,
    (act, reason): (Act, &str),
    before: &Donation,
    (by, now): (PersonId, Moment),
) -> QueryResult<()> {
    let stood = serde_json::json!({
        "mobilised_by": before.mobilised_by,
        "component": before.component,
        "volume_ml": before.volume_ml,
        "blood_group": before.blood_group,
        "unit_number": before.unit_number,
        "certificate_serial": before.certificate_serial,
        "result": before.result,
    });
    diesel::insert_into(donation_changes::table)
        .values((
            donation_changes::id.eq(id),
            donation_changes::donation.eq(before.id),
            donation_changes::act.eq(act),
            donation_changes::reason.eq(reason),
            donation_changes::before.eq(Json(stood)),
            donation_changes::changed_by.eq(by),
            donation_changes::changed_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}
