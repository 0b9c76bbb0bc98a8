//! The report of a period: one list of rows, from which every format is made.
use super::super::rules::{By, Counted, Detail, Line, Official, Request, Sums, growth};
use super::super::store::Indicator;
use super::drives::{Drives, drives};
use super::totals::{Totals, totals};
use crate::organisations::declared::{Exactness, Period, TargetKind};
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use chrono::{Months, NaiveDate};

/// Which part of a report a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::totals) enum Section {
    /// What was to be reached.
    Indicators,
    /// Drive by drive.
    Drives,
    /// Programme by programme.
    Programmes,
    /// Mobilising body by body.
    Bodies,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct ReportRow {
    pub(in crate::totals) section: Section,
    pub(in crate::totals) name: Option<String>,
    pub(in crate::totals) on: Option<NaiveDate>,
    pub(in crate::totals) assigned: Option<f64>,
    pub(in crate::totals) self_set: Option<f64>,
    pub(in crate::totals) done: Option<(f64, Exactness)>,
    pub(in crate::totals) percent: Option<f64>,
    pub(in crate::totals) last_year: Option<f64>,
    pub(in crate::totals) growth: Option<f64>,
    pub(in crate::totals) sums: Option<Sums>,
}

/// A report.
#[derive(Debug)]
pub(in crate::totals) struct Report {
    /// The scope's name; none for the nation.
    pub(in crate::totals) name: Option<String>,
    pub(in crate::totals) period: Period,
    pub(in crate::totals) rows: Vec<ReportRow>,
    /// Drives that are not told one by one, but stand summed in a row of their own.
    pub(in crate::totals) drives_beyond: usize,
}

/// When a report is made, in which words, and how long its list of drives may be.
#[derive(Debug, Clone, Copy)]
pub(in crate::totals) struct Manner {
    pub(in crate::totals) today: NaiveDate,
    pub(in crate::totals) language: Language,
    pub(in crate::totals) most_drives: usize,
}

/// The report of the request's scope and period.
pub(in crate::totals) fn report(
    conn: &mut Conn,
    request: Request,
    bodies: &[OrganisationId],
    manner: Manner,
) -> Result<Report, Problem> {
    let Manner {
        today, language, ..
    } = manner;
    let by = |by| Request { by, ..request };
    let now = totals(conn, by(None), bodies, today)?;
    let before = match a_year_before(request.period) {
        Some(period) => {
            let request = Request { period, ..by(None) };
            // A body younger than that has no year before.
            totals(conn, request, bodies, today).ok()
        }
        None => None,
    };
    let mut rows = indicators(&now, before.as_ref(), language);
    let drives = drives(conn, request, manner.most_drives)?;
    let drives_beyond = drives.beyond;
    rows.extend(drive_rows(drives, language));
    for (section, by_what) in [
        (Section::Programmes, By::Programme),
        (Section::Bodies, By::Body),
    ] {
        let found = totals(conn, by(Some(by_what)), bodies, today)?;
        rows.extend(found.rows.into_iter().map(|line| line_row(section, line)));
    }
    Ok(Report {
        name: now.name,
        period: request.period,
        rows,
        drives_beyond,
    })
}

fn a_year_before(period: Period) -> Option<Period> {
    let year = Months::new(12);
    Some(Period {
        from: period.from.checked_sub_months(year)?,
        to: period.to.checked_sub_months(year)?,
    })
}

fn indicators(now: &Totals, before: Option<&Totals>, language: Language) -> Vec<ReportRow> {
    let slugs: Vec<String> = now.indicators.iter().map(|one| one.slug.clone()).collect();
    let counted = now.total.counted(&slugs, now.request.period, Detail::Full);
    let rows = counted.iter().flat_map(|one| {
        let last = before.and_then(|before| {
            let then = before.total.count(&one.indicator, before.request.period);
            told(&before.total, &then).map(|official| official.value)
        });
        let name = name(&now.indicators, &one.indicator, language);
        let named = |of: Period| {
            if of == now.request.period {
                name.clone()
            } else {
                say(language, &within(of, &name))
            }
        };
        indicator_rows((one, told(&now.total, one)), last, (&name, &named))
    });
    rows.collect()
}

/// What a report says was reached; nothing where nobody recorded or signed anything.
fn told(line: &Line, one: &Counted) -> Option<Official> {
    let is_told = |official: &Official| official.is_declared || line.sums.is_known(&one.indicator);
    one.official.filter(is_told)
}

/// An indicator declared for other days than the report's is told apart by them.
fn within(of: Period, name: &str) -> Phrase {
    Phrase::new(keys::TOTALS_WITHIN)
        .with("name", name)
        .with("from", of.from)
        .with("to", of.to)
}

fn name(indicators: &[Indicator], slug: &str, language: Language) -> String {
    let found = indicators.iter().find(|one| one.slug == slug);
    found.map_or_else(
        || slug.to_owned(),
        |one| match language {
            Language::Vi => one.name_vi.clone(),
            Language::En => one.name_en.clone(),
        },
    )
}

/// What was wanted of an indicator, and how much of it an official number is.
fn wanted((one, official): (&Counted, Option<Official>), name: &str) -> ReportRow {
    let target = |kind| one.targets.iter().find(|(target, _)| target.kind == kind);
    let (assigned, self_set) = (target(TargetKind::Assigned), target(TargetKind::SelfSet));
    ReportRow {
        section: Section::Indicators,
        name: Some(name.to_owned()),
        on: None,
        assigned: assigned.map(|(target, _)| target.value),
        self_set: self_set.map(|(target, _)| target.value),
        done: None,
        percent: official.and(assigned.or(self_set).and_then(|(_, percent)| *percent)),
        last_year: None,
        growth: None,
        sums: None,
    }
}

/// One row for what is official; where nothing can be, one for each declared number.
fn indicator_rows(
    (one, official): (&Counted, Option<Official>),
    last_year: Option<f64>,
    (name, named): (&str, &dyn Fn(Period) -> String),
) -> Vec<ReportRow> {
    let blank = ReportRow {
        last_year,
        ..wanted((one, official), name)
    };
    if let Some(official) = official {
        let growth = last_year.and_then(|last| growth(official.value, last));
        let done = Some((official.value, official.exactness));
        return vec![ReportRow {
            done,
            growth,
            ..blank
        }];
    }
    if one.recorded.is_some() || one.declared.is_empty() {
        return vec![blank];
    }
    let declared = one.declared.iter().map(|claim| ReportRow {
        name: Some(named(claim.figure.period)),
        done: Some((claim.figure.value, claim.figure.exactness)),
        on: Some(claim.figure.period.to),
        ..blank.clone()
    });
    declared.collect()
}

fn drive_rows(drives: Drives, language: Language) -> Vec<ReportRow> {
    let mut rows: Vec<ReportRow> = drives
        .listed
        .into_iter()
        .map(|drive| ReportRow {
            on: Some(drive.starts_on),
            ..row(Section::Drives, Some(drive.name), drive.sums)
        })
        .collect();
    if drives.beyond > 0 {
        let beyond = Phrase::new(keys::TOTALS_DRIVES_BEYOND).with("count", drives.beyond);
        let name = say(language, &beyond);
        rows.push(row(Section::Drives, Some(name), drives.sums_beyond));
    }
    rows
}

/// A row of a body that only declared something, or only has a target, holds no counts.
fn line_row(section: Section, line: Line) -> ReportRow {
    let is_recorded = line.sums != Sums::default();
    let row = row(section, line.name, line.sums);
    ReportRow {
        sums: row.sums.filter(|_| is_recorded),
        ..row
    }
}

fn row(section: Section, name: Option<String>, sums: Sums) -> ReportRow {
    ReportRow {
        section,
        name,
        on: None,
        assigned: None,
        self_set: None,
        done: None,
        percent: None,
        last_year: None,
        growth: None,
        sums: Some(sums),
    }
}
