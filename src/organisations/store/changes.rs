//! Changing and ending bodies, and what an import compares with.
use super::super::rules::OrganisationKind;
use crate::platform::config::RhNegative;
use crate::platform::db::Conn;
use crate::platform::db::schema::organisations;
use crate::platform::fold::fold;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::prelude::*;

/// What changes in a row; what is none stays.
#[derive(Debug, Clone, Default, AsChangeset)]
#[diesel(table_name = organisations)]
pub(in crate::organisations) struct Edit {
    pub(in crate::organisations) kind: Option<OrganisationKind>,
    pub(in crate::organisations) name: Option<String>,
    pub(in crate::organisations) search_name: Option<String>,
    pub(in crate::organisations) code: Option<String>,
    pub(in crate::organisations) latitude: Option<f64>,
    pub(in crate::organisations) longitude: Option<f64>,
    pub(in crate::organisations) valid_from: Option<NaiveDate>,
    pub(in crate::organisations) valid_to: Option<NaiveDate>,
    pub(in crate::organisations) brand: Option<String>,
    pub(in crate::organisations) is_trusted: Option<bool>,
    pub(in crate::organisations) duty_phone: Option<String>,
    pub(in crate::organisations) testing_minutes: Option<i32>,
    pub(in crate::organisations) rule_set: Option<String>,
    pub(in crate::organisations) reaction_phone: Option<String>,
    pub(in crate::organisations) rh_negative: Option<RhNegative>,
}

impl Edit {
    /// Another name, findable too.
    #[must_use]
    pub(in crate::organisations) fn named(mut self, name: Option<String>) -> Self {
        self.search_name = name.as_deref().map(fold);
        self.name = name;
        self
    }

    fn is_empty(&self) -> bool {
        let dates = self.valid_from.or(self.valid_to);
        let texts = self
            .name
            .as_ref()
            .or(self.code.as_ref())
            .or(self.brand.as_ref())
            .or(self.rule_set.as_ref())
            .or(self.duty_phone.as_ref())
            .or(self.reaction_phone.as_ref());
        dates.is_none()
            && texts.is_none()
            && self.latitude.or(self.longitude).is_none()
            && self.kind.is_none()
            && self.is_trusted.is_none()
            && self.testing_minutes.is_none()
            && self.rh_negative.is_none()
    }
}

/// Changes the body; an empty edit changes nothing.
pub(in crate::organisations) fn edit(
    conn: &mut Conn,
    id: OrganisationId,
    edit: &Edit,
) -> QueryResult<()> {
    if edit.is_empty() {
        return Ok(());
    }
    diesel::update(organisations::table.find(id))
        .set(edit)
        .execute(conn)
        .map(drop)
}

/// The body's last day; its code is free from then on.
pub(in crate::organisations) fn end(
    conn: &mut Conn,
    id: OrganisationId,
    last: NaiveDate,
) -> QueryResult<()> {
    diesel::update(organisations::table.find(id))
        .set((
            organisations::valid_to.eq(Some(last)),
            organisations::code.eq(None::<String>),
        ))
        .execute(conn)
        .map(drop)
}

/// What an import compares its list with.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = organisations)]
pub(in crate::organisations) struct Listed {
    pub(in crate::organisations) id: OrganisationId,
    pub(in crate::organisations) code: Option<String>,
    pub(in crate::organisations) kind: OrganisationKind,
    pub(in crate::organisations) name: String,
    pub(in crate::organisations) parent: Option<OrganisationId>,
    pub(in crate::organisations) latitude: Option<f64>,
    pub(in crate::organisations) longitude: Option<f64>,
}

/// Every body that has a code.
pub(in crate::organisations) fn coded(conn: &mut Conn) -> QueryResult<Vec<Listed>> {
    organisations::table
        .filter(organisations::code.is_not_null())
        .select(Listed::as_select())
        .load(conn)
}
