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
    /// Drives that have no row of their own: they stand summed in the last row of the drives.
    drives_beyond: usize,
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
            drives_beyond: report.drives_beyond,
        }
    }
}

impl ReportView {
    /// The first and last row of a part, counted from 0; the rows of a part stand together.
    pub(in super::super) fn lines_of(&self, part: Part) -> Option<(usize, usize)> {
        let first = self.rows.iter().position(|row| row.part == part)?;
        let last = self.rows.iter().rposition(|row| row.part == part)?;
        Some((first, last))
    }
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportPart)]
pub(in super::super) enum Part {
    /// What was to be reached.
    Indicators,
    /// Drive by drive.
    Drives,
    /// Programme by programme.
    Programmes,
    /// Mobilising body by body.
    Bodies,
}

impl From<Section> for Part {
    fn from(section: Section) -> Self {
        match section {
            Section::Indicators => Self::Indicators,
            Section::Drives => Self::Drives,
            Section::Programmes => Self::Programmes,
            Section::Bodies => Self::Bodies,
        }
    }
}

impl Part {
    /// Every part, in the order of the report.
    pub(in super::super) const ALL: [Self; 4] = [
        Self::Indicators,
        Self::Drives,
        Self::Programmes,
        Self::Bodies,
    ];
    /// Parts whose rows can be added up.
    pub(in super::super) const SUMMED: [Self; 3] = [Self::Drives, Self::Programmes, Self::Bodies];

    /// What it is called.
    pub(in super::super) fn name(self, language: Language) -> String {
        let key = match self {
            Self::Indicators => keys::TOTALS_SECTION_INDICATORS,
            Self::Drives => keys::TOTALS_SECTION_DRIVES,
            Self::Programmes => keys::TOTALS_SECTION_PROGRAMMES,
            Self::Bodies => keys::TOTALS_SECTION_BODIES,
        };
        say(language, &Phrase::new(key))
    }
}

/// One row of a report; the same in every format.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct RowView {
    /// Which part of the report, for programs.
    pub(in super::super) part: Part,
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
        let part = Part::from(row.section);
        let unnamed = || say(language, &Phrase::new(keys::TOTALS_UNNAMED));
        let sum = |of: fn(&Sums) -> f64| row.sums.as_ref().map(|sums| neat(of(sums)));
        Self {
            part,
            section: part.name(language),
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
