//! Totals as a client sees them.
use super::super::super::actions::Totals;
use super::super::super::rules::{As, By, Claim, Counted, Detail, Line, Official, Sums, Target};
use super::super::super::store::Indicator;
use crate::organisations::declared::{Exactness, TargetKind};
use crate::platform::id::OrganisationId;
use crate::platform::language::{Language, Phrase, keys, say};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What was recorded: units, visits, millilitres.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct SumsView {
    /// Drives somebody came to.
    drives: Option<f64>,
    registered: Option<f64>,
    attended: Option<f64>,
    collected: f64,
    collected_planned: f64,
    collected_emergency: f64,
    /// Units that passed the tests.
    safe: Option<f64>,
    ml: f64,
    /// Units of 350 ml and more.
    ml350plus: f64,
    /// Their part of all units in per cent.
    share_350plus: Option<f64>,
    /// Units of people who gave for the first time.
    first_time: Option<f64>,
}

/// Sums are whole unless a body was split; then no more is told than a hundredth.
pub(super) fn neat(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

impl SumsView {
    pub(in super::super) fn of(sums: &Sums, is_partial: bool) -> Self {
        let known = |value: f64| (!is_partial).then_some(neat(value));
        let share = sums.ml350plus / sums.collected * 100.0;
        Self {
            drives: known(sums.drives),
            registered: known(sums.registered),
            attended: known(sums.attended),
            collected: neat(sums.collected),
            collected_planned: neat(sums.collected - sums.emergency),
            collected_emergency: neat(sums.emergency),
            safe: known(sums.safe),
            ml: neat(sums.ml),
            ml350plus: neat(sums.ml350plus),
            share_350plus: (sums.collected > 0.0).then(|| (share * 10.0).round() / 10.0),
            first_time: known(sums.first_time),
        }
    }
}

/// A number with how exact it is and how it is printed.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct NumberView {
    value: f64,
    exactness: Exactness,
    /// As a report prints it: "gần 2.900".
    text: String,
}

impl NumberView {
    pub(in super::super) fn of(value: f64, exactness: Exactness, language: Language) -> Self {
        let value = neat(value);
        Self {
            value,
            exactness,
            text: exactness.print(value, language),
        }
    }
}

/// A declared number that bears on the line.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct DeclaredView {
    /// The body that declared it; none for a cluster.
    organisation: Option<OrganisationId>,
    from: NaiveDate,
    to: NaiveDate,
    #[serde(flatten)]
    number: NumberView,
    /// The part of it that counts here, below 1 where the body was split.
    share: f64,
    is_signed: bool,
    /// By how much it differs from what was recorded on its days.
    difference: Option<f64>,
    source: Option<String>,
    note: Option<String>,
}

impl DeclaredView {
    fn of(claim: Claim, language: Language) -> Self {
        let figure = claim.figure;
        Self {
            organisation: figure.organisation,
            from: figure.period.from,
            to: figure.period.to,
            number: NumberView::of(figure.value, figure.exactness, language),
            share: claim.share,
            is_signed: figure.is_signed,
            difference: claim.recorded.map(|recorded| neat(figure.value - recorded)),
            source: figure.source,
            note: figure.note,
        }
    }
}

/// A target and how far it was reached.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct AimView {
    kind: TargetKind,
    /// Which body assigned it.
    assigned_by: Option<String>,
    from: NaiveDate,
    to: NaiveDate,
    value: f64,
    exactness: Exactness,
    /// The official number in per cent of it.
    percent: Option<f64>,
    /// As a report prints it: "109,5 %".
    percent_text: Option<String>,
}

impl AimView {
    fn of((target, percent): (Target, Option<f64>), language: Language) -> Self {
        Self {
            kind: target.kind,
            assigned_by: target.assigned_by,
            from: target.period.from,
            to: target.period.to,
            value: target.value,
            exactness: target.exactness,
            percent,
            percent_text: percent.map(|percent| percent_text(percent, language)),
        }
    }
}

pub(in super::super) fn percent_text(percent: f64, language: Language) -> String {
    format!("{} %", Exactness::Exact.print(percent, language))
}

/// One indicator of a line.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct CountedView {
    indicator: String,
    name: String,
    unit: String,
    /// What was recorded; none for what only bodies declare.
    recorded: Option<f64>,
    declared: Vec<DeclaredView>,
    /// The number to report: what was signed, with what was recorded on other days.
    official: Option<NumberView>,
    /// The official number less the recorded one.
    difference: Option<f64>,
    targets: Vec<AimView>,
}

impl CountedView {
    fn of(one: Counted, indicators: &[Indicator], language: Language) -> Self {
        let known = indicators.iter().find(|known| known.slug == one.indicator);
        let view =
            |official: Official| NumberView::of(official.value, official.exactness, language);
        let official = one.official.map(|official| official.value);
        Self {
            name: known.map_or_else(String::new, |known| match language {
                Language::Vi => known.name_vi.clone(),
                Language::En => known.name_en.clone(),
            }),
            unit: known.map_or_else(String::new, |known| known.unit.clone()),
            difference: official
                .zip(one.recorded)
                .map(|(official, recorded)| neat(official - recorded)),
            recorded: one.recorded.map(neat),
            official: one.official.map(view),
            declared: one
                .declared
                .into_iter()
                .map(|claim| DeclaredView::of(claim, language))
                .collect(),
            targets: one
                .targets
                .into_iter()
                .map(|target| AimView::of(target, language))
                .collect(),
            indicator: one.indicator,
        }
    }
}

/// The whole, or one row of it.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct LineView {
    /// What the row is told apart by: an id, `2026-05`, `O+`, `350`; null for the whole and for what is not known.
    key: Option<String>,
    name: Option<String>,
    recorded: SumsView,
    /// The whole has every indicator; a row only those with a figure or a target.
    indicators: Vec<CountedView>,
}

/// Totals of a scope and period.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct TotalsView {
    /// The scope's name.
    name: String,
    from: NaiveDate,
    to: NaiveDate,
    r#as: As,
    by: Option<By>,
    total: LineView,
    rows: Vec<LineView>,
}

impl TotalsView {
    pub(in super::super) fn of(found: Totals, language: Language) -> Self {
        let (indicators, period) = (found.indicators, found.request.period);
        let slugs: Vec<String> = indicators.iter().map(|one| one.slug.clone()).collect();
        let line = |line: Line, detail| {
            let counted = line.counted(&slugs, period, detail).into_iter();
            LineView {
                recorded: SumsView::of(&line.sums, line.is_partial),
                indicators: counted
                    .map(|one| CountedView::of(one, &indicators, language))
                    .collect(),
                key: line.key,
                name: line.name,
            }
        };
        let rows = found.rows.into_iter();
        Self {
            name: scope_name(found.name, language),
            from: period.from,
            to: period.to,
            r#as: found.request.r#as,
            by: found.request.by,
            total: line(found.total, Detail::Full),
            rows: rows.map(|row| line(row, Detail::Told)).collect(),
        }
    }
}

pub(super) fn scope_name(name: Option<String>, language: Language) -> String {
    name.unwrap_or_else(|| say(language, &Phrase::new(keys::TOTALS_NATION)))
}
