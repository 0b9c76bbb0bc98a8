//! What may be asked of the tree over HTTP.
mod bodies;
mod lists;
mod setup;
mod successions;
mod views;

use super::declared;
use super::rules::Refusal;
use crate::platform::http::Routes;
use crate::platform::problem::{Kind, Problem};

const ENDED: Kind = Kind::new("organisation-ended", 409);
const SUCCESSOR_NOT_THERE: Kind = Kind::new("successor-not-there", 409);
const SUCCESSION_CYCLE: Kind = Kind::new("succession-cycle", 409);
const TREE_CYCLE: Kind = Kind::new("organisation-cycle", 409);
const SET_UP: Kind = Kind::new("already-set-up", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::from(match refusal {
            Refusal::Ended => &ENDED,
            Refusal::SuccessorNotThere => &SUCCESSOR_NOT_THERE,
            Refusal::SuccessionCycle => &SUCCESSION_CYCLE,
            Refusal::TreeCycle => &TREE_CYCLE,
            Refusal::SetUp => &SET_UP,
        })
    }
}

/// The subject's routes.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(bodies::list_organisations)
        .service(bodies::create_organisation)
        .service(bodies::show_organisation)
        .service(bodies::change_organisation)
        .service(bodies::end_organisation)
        .service(lists::import_units)
        .service(setup::show_setup)
        .service(setup::set_up);
    declared::routes(config);
}
