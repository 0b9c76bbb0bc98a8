//! What the tests of the blood said.
use super::DonationView;
use crate::blood::UnitNumber;
use crate::donations::actions::{self, ResultOf};
use crate::donations::model::{DonationId, UnitResult};
use crate::donations::rules::{self, UnitFault};
use crate::donations::store;
use crate::drives;
use crate::platform::App;
use crate::platform::http::{Body, Nurse, Once, Path, Problems, answer_once, done};
use crate::platform::id::DriveId;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use crate::registrations::model::{Deed, Powers};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most bags told of at once.
const MOST: usize = 1000;

/// What the tests said of one bag.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResultRequest {
    /// Safe or discarded.
    result: UnitResult,
}

/// Record what the tests of a bag said.
#[utoipa::path(tag = "donations", request_body = ResultRequest, params(("id" = DonationId, Path)),
    responses((status = 200, body = DonationView), Problems))]
#[post("/donations/{id}/result")]
pub(crate) async fn record_result(
    app: Data<App>,
    caller: Nurse,
    path: Path<DonationId>,
    once: Once,
    body: Body<ResultRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let result = body.value.result;
    answer_once(&app, caller.person(), once, move |conn| {
        let before = store::find(conn, path.0)?;
        let visit = powers.visit_as(conn, before.registration, &powers.nurse)?;
        let after = actions::set_result(conn, &deed, &visit, (&before, result))?;
        done(DonationView::from(after))
    })
    .await
}

/// One bag of a list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitResultRequest {
    /// The number on the bag.
    #[schema(max_length = 40)]
    unit_number: String,
    /// Safe or discarded.
    result: UnitResult,
}

/// The list a blood centre sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResultsRequest {
    /// Each bag once.
    #[schema(min_items = 1, max_items = 1000)]
    results: Vec<UnitResultRequest>,
}

/// How many bags a list changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultsView {
    /// Bags whose result is another one now.
    changed: usize,
}

/// Record what the tests said of many bags of a drive: all, or none when a number is unknown.
#[utoipa::path(tag = "donations", request_body = ResultsRequest, params(("id" = DriveId, Path)),
    responses((status = 200, body = ResultsView), Problems))]
#[post("/drives/{id}/results")]
pub(crate) async fn record_results(
    app: Data<App>,
    caller: Nurse,
    path: Path<DriveId>,
    once: Once,
    body: Body<ResultsRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let results = body.value.read()?;
    answer_once(&app, caller.person(), once, move |conn| {
        let drive = drives::find_staffed(conn, path.0, &powers.nurse)?;
        let changed = actions::set_results(conn, &deed, &drive, &results)?;
        done(ResultsView { changed })
    })
    .await
}

impl ResultsRequest {
    fn read(&self) -> Result<Vec<ResultOf>, Problem> {
        if !(1..=MOST).contains(&self.results.len()) {
            let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
                .with("min", 1)
                .with("max", MOST);
            return Err(Problem::field("results", phrase));
        }
        let mut invalid = Invalid::default();
        let mut read = Vec::with_capacity(self.results.len());
        for (position, one) in self.results.iter().enumerate() {
            match rules::unit_number(&one.unit_number) {
                Ok(unit_number) => read.push(one.of(unit_number)),
                Err(fault) => {
                    invalid.refuse(format!("results.{position}.unit_number"), words(fault));
                }
            }
        }
        invalid.check()?;
        Ok(read)
    }
}

impl UnitResultRequest {
    fn of(&self, unit_number: UnitNumber) -> ResultOf {
        ResultOf {
            unit_number,
            result: self.result,
        }
    }
}

fn words(fault: UnitFault) -> Phrase {
    match fault {
        UnitFault::Field(phrase) => phrase,
        UnitFault::Refused(_) => Phrase::new(keys::DONATION_MISREAD),
    }
}
