//! Donors over HTTP: signing up, what one may know of oneself, clubs' lists, what staff may do.
mod accesses;
mod checks;
mod claims;
mod consents;
mod deferrals;
mod eligibility;
mod export;
mod gifts;
mod leave;
mod members;
mod people;
mod queries;
mod relay;
mod reserve;
mod roster;
mod sign_up;
mod spoken;

use super::rules::Refusal;
use super::store::{self, Scope};
use crate::eligibility::{RuleSet, find_rules};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::Routes;
use crate::platform::http::{Caller, Role};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};

const DATA_CONSENT_NEEDED: Kind = Kind::new("data-consent-needed", 409);
const GIFT_ALREADY_KNOWN: Kind = Kind::new("gift-already-known", 409);
const CALLS_CONSENT_NEEDED: Kind = Kind::new("calls-consent-needed", 409);
const MEMBER_ALREADY_KNOWN: Kind = Kind::new("member-already-known", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::DataConsentNeeded => (&DATA_CONSENT_NEEDED).into(),
            Refusal::CallsConsentNeeded => (&CALLS_CONSENT_NEEDED).into(),
            Refusal::GiftAlreadyKnown => (&GIFT_ALREADY_KNOWN).into(),
            Refusal::MemberAlreadyKnown => (&MEMBER_ALREADY_KNOWN).into(),
            Refusal::NoSuchCommune => {
                Self::field("commune", Phrase::new(keys::DONORS_NO_SUCH_COMMUNE))
            }
        }
    }
}

/// Every path of this room.
pub fn routes(config: &mut Routes<'_, '_>) {
    sign_up::routes(config);
    eligibility::routes(config);
    checks::routes(config);
    gifts::routes(config);
    consents::routes(config);
    leave::routes(config);
    export::routes(config);
    members::routes(config);
    claims::routes(config);
    people::routes(config);
    accesses::routes(config);
    spoken::routes(config);
    deferrals::routes(config);
    reserve::routes(config);
    roster::routes(config);
    relay::routes(config);
}

/// The rules of the nation, as the settings name them.
fn rules(app: &App) -> Result<&'static RuleSet, Problem> {
    find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)
}

/// Where the caller acts in any of these roles; who acts in none is refused.
fn scope(caller: &Caller, roles: &[Role]) -> Result<Scope, Problem> {
    if !roles.iter().any(|role| caller.acts_as(*role)) {
        return Err((&Kind::FORBIDDEN).into());
    }
    Ok(Scope {
        bodies: roles.iter().flat_map(|role| caller.bodies(*role)).collect(),
        drives: roles.iter().flat_map(|role| caller.drives(*role)).collect(),
    })
}

/// Somebody outside the caller's clubs and drives is not there.
fn within(conn: &mut Conn, scope: &Scope, person: PersonId) -> Result<(), Problem> {
    if store::is_within(conn, scope, person)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// A club outside the caller's part of the tree is not there.
fn covered(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    club: OrganisationId,
) -> Result<(), Problem> {
    if crate::organisations::covers(conn, bodies, club)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}
