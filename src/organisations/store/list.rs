//! Finding bodies by kind, place in the tree, name and day.
use super::super::rules::OrganisationKind;
use super::Organisation;
use crate::platform::db::Conn;
use crate::platform::db::schema::{organisation_ancestors, organisations};
use crate::platform::http::Page;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

/// Which bodies are wanted; a name is looked for folded, anywhere in the body's, in either spelling.
#[derive(Debug, Clone)]
pub(in crate::organisations) struct Wanted {
    pub(in crate::organisations) kind: Option<OrganisationKind>,
    pub(in crate::organisations) within: Option<OrganisationId>,
    pub(in crate::organisations) name: Option<[String; 2]>,
    pub(in crate::organisations) on: Option<NaiveDate>,
}

/// One page of them by name, each with its folded name, the page's key.
pub(in crate::organisations) fn list(
    conn: &mut Conn,
    wanted: &Wanted,
    page: &Page<(String, OrganisationId)>,
) -> QueryResult<Vec<(String, Organisation)>> {
    let mut query = organisations::table
        .select((organisations::search_name, Organisation::as_select()))
        .order((organisations::search_name, organisations::id))
        .limit(page.reach())
        .into_boxed();
    if let Some(kind) = wanted.kind {
        query = query.filter(organisations::kind.eq(kind));
    }
    if let Some(above) = wanted.within {
        let below = organisation_ancestors::table
            .filter(organisation_ancestors::ancestor.eq(above))
            .select(organisation_ancestors::descendant);
        query = query.filter(organisations::id.eq_any(below));
    }
    if let Some([long, short]) = &wanted.name {
        let named = |name| organisations::search_name.like(pattern(name)).escape('\\');
        query = query.filter(named(long).or(named(short)));
    }
    if let Some(day) = wanted.on {
        query = query.filter(lives_on(day));
    }
    if let Some((name, id)) = &page.after {
        let further = organisations::search_name.gt(name.clone());
        let same = organisations::search_name
            .eq(name.clone())
            .and(organisations::id.gt(*id));
        query = query.filter(further.or(same));
    }
    query.load(conn)
}

#[auto_type(no_type_alias)]
fn lives_on(day: NaiveDate) -> _ {
    let has_begun = organisations::valid_from.le(day).assume_not_null();
    let goes_on = organisations::valid_to.ge(day).assume_not_null();
    organisations::valid_from
        .is_null()
        .or(has_begun)
        .and(organisations::valid_to.is_null().or(goes_on))
}

fn pattern(name: &str) -> String {
    let plain: String = name
        .chars()
        .flat_map(|c| {
            matches!(c, '\\' | '%' | '_')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect();
    format!("%{plain}%")
}
