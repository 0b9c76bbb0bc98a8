//! The bodies the published figures speak of, as they were.
use super::published::Line;
use crate::organisations::declared::{NewCluster, Subject, insert_cluster};
use crate::organisations::{self, NewOrganisation, OrganisationKind};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use anyhow::Context;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The bodies the figures speak of, as they were, and those they have become.
pub(super) struct Bodies {
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
    pub(super) fn of(app: &App, lines: &[Line]) -> anyhow::Result<Self> {
        let nation = NewOrganisation::named(app.id(), OrganisationKind::National, NATION, None);
        let mut rows = vec![nation];
        rows.extend(provinces(app, lines, rows.first().map(|row| row.id)));
        let by_name = names(&rows);
        rows.extend(districts(app, lines, &by_name));
        let by_name = names(&rows);
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
            .map(|name| {
                if name.starts_with(SCHOOL) {
                    NewOrganisation::named(app.id(), OrganisationKind::School, name, Some(over))
                } else {
                    ended(app, OrganisationKind::District, name, Some(over))
                }
            })
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

    pub(super) fn nation(&self) -> Option<OrganisationId> {
        self.rows.first().map(|row| row.id)
    }

    pub(super) fn insert(&self, conn: &mut Conn, now: Moment) -> Result<(), Problem> {
        organisations::insert(conn, &self.rows, now)?;
        Ok(insert_cluster(conn, &self.cluster, now)?)
    }

    pub(super) fn subject(&self, line: &Line) -> Option<Subject> {
        if line.organisation_kind == "cluster" {
            return Some(Subject::Cluster(self.cluster.id));
        }
        self.by_name
            .get(&line.organisation)
            .copied()
            .map(Subject::Organisation)
    }
}

fn names(rows: &[NewOrganisation]) -> BTreeMap<String, OrganisationId> {
    rows.iter().map(|row| (row.name.clone(), row.id)).collect()
}

fn provinces(app: &App, lines: &[Line], nation: Option<OrganisationId>) -> Vec<NewOrganisation> {
    let province = |line: &Line| match line.organisation_kind.as_str() {
        "province" => line.organisation.clone(),
        _ => line.parent.clone(),
    };
    let names: BTreeSet<String> = lines.iter().map(province).collect();
    names
        .iter()
        .map(|name| {
            if ENDED_PROVINCES.contains(&name.as_str()) {
                ended(app, OrganisationKind::Province, name, nation)
            } else {
                NewOrganisation::named(app.id(), OrganisationKind::Province, name, nation)
            }
        })
        .collect()
}

fn districts(
    app: &App,
    lines: &[Line],
    by_name: &BTreeMap<String, OrganisationId>,
) -> Vec<NewOrganisation> {
    let districts = lines
        .iter()
        .filter(|line| line.organisation_kind == "district")
        .map(|line| (line.organisation.as_str(), line.parent.as_str()))
        .collect::<BTreeMap<&str, &str>>();
    districts
        .into_iter()
        .map(|(name, parent)| {
            let parent = by_name.get(parent).copied();
            ended(app, OrganisationKind::District, name, parent)
        })
        .collect()
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
