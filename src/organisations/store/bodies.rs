//! Rows of bodies.
use super::super::rules::OrganisationKind;
use super::lines;
use crate::platform::clock::Moment;
use crate::platform::config::RhNegative;
use crate::platform::db::Conn;
use crate::platform::db::schema::organisations;
use crate::platform::fold::fold;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::prelude::*;

/// A body as its row says.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = organisations)]
pub struct Organisation {
    /// Names it.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: String,
    /// The official code of a unit of administration; none once it has ended.
    pub code: Option<String>,
    /// Directly above it.
    pub parent: Option<OrganisationId>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its first day, where known.
    pub valid_from: Option<NaiveDate>,
    /// Its last day, once it has ended.
    pub valid_to: Option<NaiveDate>,
    /// In whose name messages go out; none means the nearest body above that has one.
    pub brand: Option<String>,
    /// Its own eligibility rules, by id of the rule set.
    pub rule_set: Option<String>,
    /// Whom its donors ring up about a reaction.
    pub reaction_phone: Option<String>,
    /// What happens to its Rh− donors; none means as the nearest body above decides.
    pub rh_negative: Option<RhNegative>,
    /// A hospital whose requests need no verification.
    pub is_trusted: bool,
    /// The listed number of who is on duty.
    pub duty_phone: Option<String>,
    /// How long its own testing takes, in minutes; none: as the settings say.
    pub testing_minutes: Option<i32>,
    /// Invented for the demo: shown as "số liệu minh họa".
    pub is_illustrative: bool,
}

impl Organisation {
    /// Whether it exists on `day`.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// A body to be.
#[derive(Debug, Clone)]
pub struct NewOrganisation {
    /// Names it.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it is called.
    pub name: String,
    /// The official code, unique among bodies that live.
    pub code: Option<String>,
    /// Directly above it.
    pub parent: Option<OrganisationId>,
    /// Degrees north and east.
    pub place: Option<(f64, f64)>,
    /// First and last day, where known.
    pub valid: (Option<NaiveDate>, Option<NaiveDate>),
    /// In whose name messages go out.
    pub brand: Option<String>,
    /// Its own eligibility rules, by id of the rule set.
    pub rule_set: Option<String>,
    /// Whom its donors ring up about a reaction.
    pub reaction_phone: Option<String>,
    /// What happens to its Rh− donors; none means as the nearest body above decides.
    pub rh_negative: Option<RhNegative>,
    /// A hospital whose requests need no verification.
    pub is_trusted: bool,
    /// The listed number of who is on duty.
    pub duty_phone: Option<String>,
    /// How long its own testing takes, in minutes.
    pub testing_minutes: Option<i32>,
    /// Invented for the demo.
    pub is_illustrative: bool,
}

impl NewOrganisation {
    /// A body of which only this much is known; the other fields are set by who knows them.
    pub fn named(
        id: OrganisationId,
        kind: OrganisationKind,
        name: impl Into<String>,
        parent: Option<OrganisationId>,
    ) -> Self {
        Self {
            id,
            kind,
            name: name.into(),
            code: None,
            parent,
            place: None,
            valid: (None, None),
            brand: None,
            rule_set: None,
            reaction_phone: None,
            rh_negative: None,
            is_trusted: false,
            duty_phone: None,
            testing_minutes: None,
            is_illustrative: false,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
struct Row {
    id: OrganisationId,
    kind: OrganisationKind,
    name: String,
    search_name: String,
    code: Option<String>,
    parent: Option<OrganisationId>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    brand: Option<String>,
    rule_set: Option<String>,
    reaction_phone: Option<String>,
    rh_negative: Option<RhNegative>,
    is_trusted: bool,
    duty_phone: Option<String>,
    testing_minutes: Option<i32>,
    is_illustrative: bool,
    created_at: Moment,
}

impl Row {
    fn of(new: &NewOrganisation, now: Moment) -> Self {
        Self {
            id: new.id,
            kind: new.kind,
            name: new.name.clone(),
            search_name: fold(&new.name),
            code: new.code.clone(),
            parent: new.parent,
            latitude: new.place.map(|(latitude, _)| latitude),
            longitude: new.place.map(|(_, longitude)| longitude),
            valid_from: new.valid.0,
            valid_to: new.valid.1,
            brand: new.brand.clone(),
            rule_set: new.rule_set.clone(),
            reaction_phone: new.reaction_phone.clone(),
            rh_negative: new.rh_negative,
            is_trusted: new.is_trusted,
            duty_phone: new.duty_phone.clone(),
            testing_minutes: new.testing_minutes,
            is_illustrative: new.is_illustrative,
            created_at: now,
        }
    }
}

/// This body; `NotFound` when there is none.
pub fn find(conn: &mut Conn, id: OrganisationId) -> QueryResult<Organisation> {
    organisations::table
        .find(id)
        .select(Organisation::as_select())
        .first(conn)
}

/// The living bodies of a kind whose duty has a listed number.
pub fn on_duty(conn: &mut Conn, kind: OrganisationKind) -> QueryResult<Vec<Organisation>> {
    organisations::table
        .filter(organisations::kind.eq(kind))
        .filter(organisations::duty_phone.is_not_null())
        .filter(organisations::valid_to.is_null())
        .order(organisations::id)
        .select(Organisation::as_select())
        .load(conn)
}

/// Writes new bodies, parents before children, and their lines up the tree.
pub fn insert(conn: &mut Conn, new: &[NewOrganisation], now: Moment) -> QueryResult<()> {
    for part in new.chunks(1000) {
        let rows: Vec<Row> = part.iter().map(|body| Row::of(body, now)).collect();
        crate::on_each!(conn => diesel::insert_into(organisations::table).values(rows).execute(conn))?;
    }
    lines::complete(conn)
}

/// The oldest body of the nation, where there is one.
pub(in crate::organisations) fn nation(conn: &mut Conn) -> QueryResult<Option<OrganisationId>> {
    organisations::table
        .filter(organisations::kind.eq(OrganisationKind::National))
        .order((organisations::created_at, organisations::id))
        .select(organisations::id)
        .first(conn)
        .optional()
}
