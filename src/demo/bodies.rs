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
