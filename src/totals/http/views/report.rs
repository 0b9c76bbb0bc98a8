//! Reports as a client sees them.
use super::super::super::actions::{Report, ReportRow, Section};
use super::super::super::rules::Sums;
use super::totals::{neat, scope_name};
use crate::platform::language::{Language, Phrase, keys, say};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// The report of a period.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct ReportView {
    /// What stands above it.
    pub(in super::super) title: String,
    /// The scope's name.
    pub(in super::super) name: String,
    pub(in super::super) from: NaiveDate,
    pub(in super::super) to: NaiveDate,
    pub(in super::super) rows: Vec<RowView>,
}

impl ReportView {
    pub(in super::super) fn of(report: &Report, language: Language) -> Self {
        let name = scope_name(report.name.clone(), language);
        let title = Phrase::new(keys::TOTALS_TITLE)
            .with("name", name.clone())
            .with("from", report.period.from)
            .with("to", report.period.to);
        Self {
            title: say(language, &title),
            name,
            from: report.period.from,
            to: report.period.to,
            rows: report
                .rows
                .iter()
                .map(|row| RowView::of(row, language))
                .collect(),
        }
    }
}

/// One row of a report; the same in every format.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct RowView {
    /// Indicators, drives, programmes or mobilising bodies, in the reader's language.
    pub(in super::super) section: String,
    pub(in super::super) name: String,
    pub(in super::super) on: Option<NaiveDate>,
    pub(in super::super) target_assigned: Option<f64>,
    pub(in super::super) target_self_set: Option<f64>,
    pub(in super::super) done: Option<f64>,
    /// As it is printed: "gần 2.900".
    pub(in super::super) done_text: Option<String>,
    /// Of the assigned target, else of the self-set one.
    pub(in super::super) percent: Option<f64>,
    pub(in super::super) last_year: Option<f64>,
    /// In per cent on the year before.
    pub(in super::super) growth: Option<f64>,
    pub(in super::super) drives: Option<f64>,
    pub(in super::super) registered: Option<f64>,
    pub(in super::super) attended: Option<f64>,
    pub(in super::super) units_planned: Option<f64>,
    pub(in super::super) units_emergency: Option<f64>,
    pub(in super::super) ml: Option<f64>,
}

impl RowView {
    fn of(row: &ReportRow, language: Language) -> Self {
        let section = match row.section {
            Section::Indicators => keys::TOTALS_SECTION_INDICATORS,
            Section::Drives => keys::TOTALS_SECTION_DRIVES,
            Section::Programmes => keys::TOTALS_SECTION_PROGRAMMES,
            Section::Bodies => keys::TOTALS_SECTION_BODIES,
        };
        let unnamed = || say(language, &Phrase::new(keys::TOTALS_UNNAMED));
        let sum = |of: fn(&Sums) -> f64| row.sums.as_ref().map(|sums| neat(of(sums)));
        Self {
            section: say(language, &Phrase::new(section)),
            name: row.name.clone().unwrap_or_else(unnamed),
            on: row.on,
            target_assigned: row.assigned,
            target_self_set: row.self_set,
            done: row.done.map(|(value, _)| neat(value)),
            done_text: row
                .done
                .map(|(value, exactness)| exactness.print(neat(value), language)),
            percent: row.percent,
            last_year: row.last_year.map(neat),
            growth: row.growth,
            drives: sum(|sums| sums.drives),
            registered: sum(|sums| sums.registered),
            attended: sum(|sums| sums.attended),
            units_planned: sum(|sums| sums.collected - sums.emergency),
            units_emergency: sum(|sums| sums.emergency),
            ml: sum(|sums| sums.ml),
        }
    }
}
