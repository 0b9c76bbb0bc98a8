//! What chapters really published, as declared and signed figures of those bodies. Nothing is invented for real bodies.
use super::bodies::Bodies;
use super::wording::vietnamese;
use crate::organisations::declared::{
    Exactness, Indicator, NewFigure, NewTarget, Pen, Period, Subject, TargetKind, insert_indicator,
    put_figure, put_target,
};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use anyhow::Context;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

const FIGURES: &str = include_str!("../../config/demo/published-figures.csv");
/// The indicators every installation has, made by the migrations.
const BUILT_IN: [&str; 8] = [
    "drives",
    "units",
    "units_planned",
    "units_emergency",
    "safe",
    "registered",
    "attended",
    "ml",
];

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Line {
    pub(super) source: String,
    pub(super) organisation: String,
    pub(super) organisation_kind: String,
    pub(super) parent: String,
    pub(super) period_start: NaiveDate,
    pub(super) period_end: NaiveDate,
    pub(super) kind: String,
    pub(super) indicator: String,
    pub(super) value: f64,
    pub(super) unit: String,
    pub(super) exactness: String,
    pub(super) note: String,
}

/// Loads bodies, the cluster, figures and targets; answers the body above them all.
pub(super) async fn load(app: &App) -> anyhow::Result<OrganisationId> {
    let lines: Vec<Line> = csv::Reader::from_reader(FIGURES.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()?;
    let bodies = Bodies::of(app, &lines)?;
    let nation = bodies.nation().context("no nation")?;
    let now = app.now();
    let pens: Vec<Pen> = lines.iter().map(|_| pen(app)).collect();
    app.db
        .write(move |conn| {
            bodies.insert(conn, now)?;
            declare_indicators(conn, &lines)?;
            lines
                .iter()
                .zip(pens)
                .try_for_each(|(line, pen)| declare(conn, &bodies, line, pen))
        })
        .await
        .map_err(|problem| {
            anyhow::anyhow!("{problem}: {} {:?}", problem.causes(), problem.fields())
        })?;
    Ok(nation)
}

/// Written by nobody in particular: the sources say it.
fn pen(app: &App) -> Pen {
    Pen {
        id: app.id(),
        now: app.now(),
        by: None,
        may_overrule: false,
    }
}

/// Indicators that only these figures use; awards are no numbers of a report.
fn declare_indicators(conn: &mut Conn, lines: &[Line]) -> Result<(), Problem> {
    let used: BTreeMap<&str, &str> = lines
        .iter()
        .filter(|line| line.kind != "award" && !BUILT_IN.contains(&line.indicator.as_str()))
        .map(|line| (line.indicator.as_str(), line.unit.as_str()))
        .collect();
    used.into_iter()
        .zip(100..)
        .try_for_each(|((slug, unit), position)| {
            let words = slug.replace('_', " ");
            let new = Indicator {
                slug: slug.to_owned(),
                name_vi: vietnamese(slug).to_owned(),
                name_en: words,
                unit: unit.to_owned(),
                position,
            };
            Ok(insert_indicator(conn, &new)?)
        })
}

fn declare(conn: &mut Conn, bodies: &Bodies, line: &Line, pen: Pen) -> Result<(), Problem> {
    let exactness = Exactness::parse(&line.exactness).unwrap_or(Exactness::Exact);
    let period = Period {
        from: line.period_start,
        to: line.period_end,
    };
    match (line.kind.as_str(), bodies.subject(line)) {
        ("figure", Some(subject)) => {
            let figure = NewFigure {
                indicator: line.indicator.clone(),
                period,
                value: line.value,
                exactness,
                source: Some(line.source.clone()),
                note: (!line.note.is_empty()).then(|| line.note.clone()),
                is_signed: true,
            };
            put_figure(conn, subject, &figure, pen)
        }
        ("target", Some(Subject::Organisation(body))) => {
            put_target(conn, body, &target(line, period, exactness), pen)
        }
        _ => Ok(()),
    }
}

fn target(line: &Line, period: Period, exactness: Exactness) -> NewTarget {
    let is_self_set = line.note.contains("self-set");
    NewTarget {
        indicator: line.indicator.clone(),
        period,
        value: line.value,
        kind: if is_self_set {
            TargetKind::SelfSet
        } else {
            TargetKind::Assigned
        },
        assigned_by: None,
        exactness,
        source: Some(line.source.clone()),
    }
}
