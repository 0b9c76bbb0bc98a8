//! How calls went, looked at afterwards.
use crate::calls::model::{CallId, CallState};
use crate::calls::rules::{Asked, Review, RingReview, median, per_unit, rings};
use crate::calls::store::Ended;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// How one call went.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct CallReviewView {
    pub(in crate::calls::http) call: CallId,
    pub(in crate::calls::http) state: CallState,
    pub(in crate::calls::http) units: i32,
    #[serde(flatten)]
    pub(in crate::calls::http) review: Review,
}

/// Which time.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::calls::http) struct ReviewsQuery {
    /// The first day.
    pub(in crate::calls::http) from: NaiveDate,
    /// The last day, at most 366 later.
    pub(in crate::calls::http) to: NaiveDate,
}

/// How calls of a body's hospitals went, by hospital and month.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct HospitalReviews {
    items: Vec<HospitalMonth>,
}

/// How one hospital's calls of one month went. Minutes are medians; null where none came so far.
#[derive(Debug, Serialize, ToSchema)]
struct HospitalMonth {
    hospital: OrganisationId,
    hospital_name: String,
    /// `2026-12`.
    month: String,
    calls: i64,
    /// Calls for which enough had said yes at some time.
    filled: i64,
    units: i64,
    donated: i64,
    minutes_to_verify: Option<i64>,
    minutes_to_first_yes: Option<i64>,
    minutes_to_filled: Option<i64>,
    asked: i64,
    asked_per_unit: f64,
    rings: Vec<RingReview>,
}

/// A call with how it went and whom it asked.
pub(in crate::calls::http) struct Reviewed {
    pub(in crate::calls::http) ended: Ended,
    pub(in crate::calls::http) month: String,
    pub(in crate::calls::http) review: Review,
    pub(in crate::calls::http) asks: Vec<Asked>,
}

impl From<Vec<Reviewed>> for HospitalReviews {
    fn from(reviewed: Vec<Reviewed>) -> Self {
        let mut months: BTreeMap<(String, OrganisationId, String), Vec<Reviewed>> = BTreeMap::new();
        for one in reviewed {
            let key = (
                one.ended.hospital.clone(),
                one.ended.call.hospital,
                one.month.clone(),
            );
            months.entry(key).or_default().push(one);
        }
        let items = months.into_iter().map(|(key, calls)| month(key, &calls));
        Self {
            items: items.collect(),
        }
    }
}

fn month(
    (hospital_name, hospital, month): (String, OrganisationId, String),
    calls: &[Reviewed],
) -> HospitalMonth {
    let middle = |minutes: fn(&Review) -> Option<i64>| {
        median(
            calls
                .iter()
                .filter_map(|one| minutes(&one.review))
                .collect(),
        )
    };
    let sum = |number: fn(&Reviewed) -> i64| calls.iter().map(number).sum::<i64>();
    let asks: Vec<Asked> = calls.iter().flat_map(|one| one.asks.clone()).collect();
    let (asked, units) = (
        sum(|one| one.review.asked),
        sum(|one| one.ended.call.units.into()),
    );
    HospitalMonth {
        hospital,
        hospital_name,
        month,
        calls: sum(|_| 1),
        filled: sum(|one| one.review.minutes_to_filled.is_some().into()),
        units,
        donated: sum(|one| one.review.donated),
        minutes_to_verify: middle(|review| review.minutes_to_verify),
        minutes_to_first_yes: middle(|review| review.minutes_to_first_yes),
        minutes_to_filled: middle(|review| review.minutes_to_filled),
        asked,
        asked_per_unit: per_unit(asked, units),
        rings: rings(&asks),
    }
}
