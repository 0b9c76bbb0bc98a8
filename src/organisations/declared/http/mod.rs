//! What may be declared and read over HTTP.
mod clusters;
mod numbers;
mod views;

use super::rules::Refusal;
use crate::platform::http::Routes;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};

const NOT_THERE: Kind = Kind::new("organisation-not-there", 409);
const SIGNED: Kind = Kind::new("figure-signed", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoSuchIndicator => {
                Self::field("indicator", Phrase::new(keys::FIGURES_NO_SUCH_INDICATOR))
            }
            Refusal::MemberElsewhere => {
                Self::field("members", Phrase::new(keys::FIGURES_MEMBER_ELSEWHERE))
            }
            Refusal::NotThere => (&NOT_THERE).into(),
            Refusal::Signed => (&SIGNED).into(),
        }
    }
}

/// The routes of figures, targets, clusters and indicators.
pub(in crate::organisations) fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(numbers::list_targets)
        .service(numbers::put_target)
        .service(numbers::list_figures)
        .service(numbers::put_figure)
        .service(numbers::list_cluster_figures)
        .service(numbers::put_cluster_figure)
        .service(clusters::list_clusters)
        .service(clusters::create_cluster)
        .service(clusters::list_indicators)
        .service(clusters::create_indicator);
}
