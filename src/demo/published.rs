//! What chapters really published, as declared and signed figures of those bodies. Nothing is invented for real bodies.
use crate::organisations::declared::{
    Exactness, Indicator, NewCluster, NewFigure, NewTarget, Pen, Period, Subject, TargetKind,
    insert_cluster, insert_indicator, put_figure, put_target,
};
use crate::organisations::{self, NewOrganisation, OrganisationKind};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use anyhow::Context;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

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
struct Line {
    source: String,
    organisation: String,
    organisation_kind: String,
    parent: String,
    period_start: NaiveDate,
    period_end: NaiveDate,
    kind: String,
    indicator: String,
    value: f64,
    unit: String,
    exactness: String,
    note: String,
}

/// Loads bodies, the cluster, figures and targets.
pub(super) async fn load(app: &App) -> anyhow::Result<()> {
    let lines: Vec<Line> = csv::Reader::from_reader(FIGURES.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()?;
    let bodies = Bodies::of(app, &lines)?;
    let (now, lines) = (app.now(), lines);
    let ids: Vec<Pen> = lines
        .iter()
        .map(|_| Pen {
            id: app.id(),
            now,
            by: None,
            may_overrule: false,
        })
        .collect();
    app.db
        .write(move |conn| {
            bodies.insert(conn, now)?;
            declare_indicators(conn, &lines)?;
            lines
                .iter()
                .zip(ids)
                .try_for_each(|(line, pen)| declare(conn, &bodies, line, pen))
        })
        .await
        .map_err(|problem| {
            anyhow::anyhow!("{problem}: {} {:?}", problem.causes(), problem.fields())
        })
}

/// The bodies the figures speak of, as they were, and those they have become.
struct Bodies {
    by_name: BTreeMap<String, OrganisationId>,
    rows: Vec<NewOrganisation>,
    cluster: NewCluster,
}

fn last_day_of_the_old_order() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, 6, 30)
}

/// Provinces that ended on 2025-06-30 by merging. Source: product.md, "Reorganisation".
const ENDED_PROVINCES: [&str; 2] = [
    "Hội Chữ thập đỏ tỉnh Lào Cai",
    "Hội Chữ thập đỏ tỉnh Sóc Trăng",
];
const NATION: &str = "Hội Chữ thập đỏ Việt Nam";
const SCHOOL: &str = "Trường";

impl Bodies {
    fn of(app: &App, lines: &[Line]) -> anyhow::Result<Self> {
        let mut rows = vec![NewOrganisation::named(
            app.id(),
            OrganisationKind::National,
            NATION,
            None,
        )];
        let nation = rows.first().map(|row| row.id);
        let mut by_name = BTreeMap::new();
        let provinces: BTreeSet<&str> = lines
            .iter()
            .map(|line| {
                if line.organisation_kind == "province" {
                    &line.organisation
                } else {
                    &line.parent
                }
            })
            .map(String::as_str)
            .collect();
        for name in provinces {
            let mut row =
                NewOrganisation::named(app.id(), OrganisationKind::Province, name, nation);
            if ENDED_PROVINCES.contains(&name) {
                row.valid.1 = last_day_of_the_old_order();
            }
            by_name.insert(name.to_owned(), row.id);
            rows.push(row);
        }
        let districts: BTreeMap<&str, &str> = lines
            .iter()
            .filter(|line| line.organisation_kind == "district")
            .map(|line| (line.organisation.as_str(), line.parent.as_str()))
            .collect();
        for (name, parent) in districts {
            let row = ended(
                app,
                OrganisationKind::District,
                name,
                by_name.get(parent).copied(),
            );
            by_name.insert(name.to_owned(), row.id);
            rows.push(row);
        }
        let cluster = Self::cluster(app, lines, &by_name, &mut rows)?;
        Ok(Self {
            by_name,
            rows,
            cluster,
        })
    }

    /// The cluster with its members, which the source names in its note.
    fn cluster(
        app: &App,
        lines: &[Line],
        by_name: &BTreeMap<String, OrganisationId>,
        rows: &mut Vec<NewOrganisation>,
    ) -> anyhow::Result<NewCluster> {
        let line = lines
            .iter()
            .find(|line| line.note.starts_with("members: "))
            .context("no cluster")?;
        let over = by_name
            .get(&line.parent)
            .copied()
            .context("the cluster stands under no body")?;
        let names = line.note.trim_start_matches("members: ").split("; ");
        let members: Vec<NewOrganisation> = names
            .map(|name| if name.starts_with(SCHOOL) {
                NewOrganisation::named(app.id(), OrganisationKind::School, name, Some(over))
            } else { ended(app, OrganisationKind::District, name, Some(over)) })
            .collect();
        let cluster = NewCluster {
            id: app.id(),
            name: line.organisation.clone(),
            organisation: over,
            valid: (None, None),
            members: members.iter().map(|member| member.id).collect(),
        };
        rows.extend(members);
        Ok(cluster)
    }

    fn insert(&self, conn: &mut Conn, now: crate::platform::clock::Moment) -> Result<(), Problem> {
        organisations::insert(conn, &self.rows, now)?;
        Ok(insert_cluster(conn, &self.cluster, now)?)
    }

    fn subject(&self, line: &Line) -> Option<Subject> {
        if line.organisation_kind == "cluster" {
            return Some(Subject::Cluster(self.cluster.id));
        }
        self.by_name
            .get(&line.organisation)
            .copied()
            .map(Subject::Organisation)
    }
}

fn ended(
    app: &App,
    kind: OrganisationKind,
    name: &str,
    parent: Option<OrganisationId>,
) -> NewOrganisation {
    let mut row = NewOrganisation::named(app.id(), kind, name, parent);
    row.valid.1 = last_day_of_the_old_order();
    row
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

/// What the sources call these, so that a report in Vietnamese reads like theirs.
fn vietnamese(slug: &str) -> &str {
    const NAMES: [(&str, &str); 24] = [
        ("tet_gifts", "Suất quà Tết"),
        (
            "tet_gifts_percent_of_target",
            "Suất quà Tết so với chỉ tiêu (%)",
        ),
        ("tet_gifts_value_vnd", "Trị giá quà Tết (đồng)"),
        ("tet_value_vnd", "Trị giá hoạt động Tết (đồng)"),
        ("red_cross_houses", "Nhà Chữ thập đỏ"),
        ("red_cross_houses_started", "Nhà Chữ thập đỏ khởi công"),
        ("value_vnd", "Tổng trị giá hoạt động (đồng)"),
        ("value_growth_percent", "Tăng so với năm trước (%)"),
        ("lighting_works", "Công trình thắp sáng"),
        ("charity_markets", "Phiên chợ nhân đạo"),
        ("gifts", "Suất quà"),
        ("families_livelihood", "Gia đình được hỗ trợ sinh kế"),
        ("people_helped", "Lượt người được hưởng lợi"),
        ("health_cases", "Lượt chăm sóc sức khỏe"),
        ("health_value_vnd", "Trị giá chăm sóc sức khỏe (đồng)"),
        ("storm_gifts", "Suất quà sau bão"),
        ("storm_gifts_value_vnd", "Trị giá quà sau bão (đồng)"),
        ("humanitarian_addresses", "Địa chỉ nhân đạo"),
        ("houses_built", "Nhà xây mới"),
        ("houses_repaired", "Nhà sửa chữa"),
        ("houses_value_vnd", "Trị giá nhà ở (đồng)"),
        ("wells", "Giếng nước"),
        ("bridges", "Cầu nông thôn"),
        (
            "schools_in_campaign_percent",
            "Trường học tham gia phong trào (%)",
        ),
    ];
    NAMES
        .iter()
        .find(|(known, _)| *known == slug)
        .map_or(slug, |(_, name)| name)
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
