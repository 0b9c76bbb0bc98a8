//! Totals and reports: what chapters published, what was recorded, and what became of old bodies.
use crate::support::{Actor, TestApp};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::drives::model::{Delta, TallyKey, UnitKind};
use giothong::drives::tallies as sums;
use giothong::platform::db::schema::{drives, organisations, programmes, settled_days, tallies};
use giothong::platform::http::Role;
use giothong::platform::id::{AnyId, DriveId, OrganisationId};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Cursor;

const PUBLISHED: &str = include_str!("../../config/demo/published-figures.csv");

struct World {
    app: TestApp,
    nation: OrganisationId,
    admin: Actor,
}

async fn world() -> World {
    world_in(TestApp::new().await).await
}

async fn world_in(app: TestApp) -> World {
    let nation = app.body("national", "Việt Nam", None).await;
    let admin = app.admin(nation).await;
    World { app, nation, admin }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id_of(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

impl World {
    async fn old_body(&self, kind: &str, name: &str, parent: &str) -> String {
        let body = json!({"kind": kind, "name": name, "parent": parent, "valid_to": "2025-06-30"});
        id_of(&self.admin.post("/organisations", body).await.created())
    }

    /// Everything chapters published, entered by hand: bodies, clusters, indicators, signed figures, targets.
    async fn published(&self) -> HashMap<String, String> {
        let mut ids: HashMap<String, String> = HashMap::new();
        let nation = self.nation.to_string();
        let mut reader = csv::Reader::from_reader(PUBLISHED.as_bytes());
        let rows: Vec<HashMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
        for row in &rows {
            let (name, parent) = (&row["organisation"], &row["parent"]);
            if !parent.is_empty() && !ids.contains_key(parent) {
                ids.insert(
                    parent.clone(),
                    self.old_body("province", parent, &nation).await,
                );
            }
            let above = ids.get(parent).unwrap_or(&nation).clone();
            if !ids.contains_key(name) {
                let id = if row["organisation_kind"] == "cluster" {
                    let member = self.old_body("district", "Hạ Long", &above).await;
                    let cluster = json!({"name": name, "organisation": above, "members": [member]});
                    id_of(&self.admin.post("/clusters", cluster).await.created())
                } else {
                    self.old_body(&row["organisation_kind"], name, &above).await
                };
                ids.insert(name.clone(), id);
            }
            self.enter(row, &ids[name]).await;
        }
        ids
    }

    async fn enter(&self, row: &HashMap<String, String>, id: &str) {
        if row["kind"] == "award" {
            return;
        }
        let slug = &row["indicator"];
        let indicator =
            json!({"slug": slug, "name_vi": slug, "name_en": slug, "unit": row["unit"]});
        self.admin.post("/indicators", indicator).await;
        let mut body = json!({"indicator": slug, "from": row["period_start"], "to": row["period_end"],
            "value": row["value"].parse::<f64>().unwrap(), "exactness": row["exactness"], "source": row["source"]});
        let place = if row["organisation_kind"] == "cluster" {
            "clusters"
        } else {
            "organisations"
        };
        if row["kind"] == "target" {
            body["kind"] = json!(if row["note"].contains("self-set") {
                "self_set"
            } else {
                "assigned"
            });
            self.admin
                .put(&format!("/{place}/{id}/targets"), body)
                .await
                .ok();
        } else {
            body["is_signed"] = json!(true);
            self.admin
                .put(&format!("/{place}/{id}/figures"), body)
                .await
                .ok();
        }
    }

    async fn totals(&self, query: &str) -> Value {
        self.admin.get(&format!("/totals?{query}")).await.ok()
    }

    /// A drive that was held, as its tallies say.
    async fn held(
        &self,
        organiser: OrganisationId,
        on: &[&str],
        rows: &[(OrganisationId, &'static str, i32)],
    ) -> DriveId {
        let (id, now): (DriveId, _) = (self.app.app.id(), self.app.app.now());
        let days: Vec<NaiveDate> = on.iter().map(|text| day(text)).collect();
        let rows = rows.to_vec();
        self.app
            .rows(move |conn| {
                let (first, last) = (days[0], *days.last().unwrap());
                diesel::insert_into(drives::table)
                    .values((
                        drives::id.eq(id),
                        drives::organiser.eq(organiser),
                        drives::kind.eq("planned"),
                        drives::name.eq("=Ngày hội"),
                        drives::search_name.eq("ngay hoi"),
                        drives::target_units.eq(Some(200)),
                        drives::state.eq("completed"),
                        drives::time_zone.eq("Asia/Ho_Chi_Minh"),
                        drives::starts_on.eq(first),
                        drives::ends_on.eq(last),
                        drives::is_hidden.eq(false),
                        drives::created_at.eq(now),
                        drives::changed_at.eq(now),
                    ))
                    .execute(conn)?;
                for day in days {
                    for (body, kind, units) in &rows {
                        tally(conn, id, organiser, (day, *body, *kind, *units))?;
                    }
                }
                Ok(())
            })
            .await;
        id
    }
}

fn tally(
    conn: &mut giothong::platform::db::Conn,
    drive: DriveId,
    organiser: OrganisationId,
    (on, body, kind, units): (NaiveDate, OrganisationId, &'static str, i32),
) -> QueryResult<()> {
    use chrono::Datelike;
    let month = on.year() * 100 + i32::try_from(on.month()).unwrap();
    diesel::insert_into(tallies::table)
        .values((
            tallies::drive.eq(drive),
            tallies::held_on.eq(on),
            tallies::body.eq(body),
            tallies::kind.eq(kind),
            tallies::month.eq(month),
            tallies::organiser.eq(organiser),
            tallies::registered.eq(units + 20),
            tallies::attended.eq(units + 10),
            tallies::collected.eq(units),
            tallies::safe.eq(units - 1),
            tallies::ml.eq(i64::from(units) * 350),
            tallies::ml350plus.eq(units),
            tallies::first_time.eq(1),
        ))
        .execute(conn)
        .map(drop)
}

fn indicator<'a>(line: &'a Value, slug: &str) -> &'a Value {
    let indicators = line["indicators"].as_array().unwrap();
    let found = indicators.iter().find(|one| one["indicator"] == slug);
    found.unwrap_or_else(|| panic!("{slug} is not in {line}"))
}

#[actix_web::test]
async fn what_chapters_published_is_what_totals_say() {
    let world = world().await;
    let ids = world.published().await;
    let of = |name: &str| format!("organisation={}", ids[name]);
    let half = world
        .totals(&format!(
            "{}&from=2022-01-01&to=2022-06-30",
            of("Hội Chữ thập đỏ tỉnh Lào Cai")
        ))
        .await;
    let official = |slug: &str| indicator(&half["total"], slug)["official"]["text"].clone();
    assert_eq!(official("drives"), "6");
    assert_eq!(official("units_planned"), "gần 2.900");
    assert_eq!(official("units_emergency"), "gần 140");
    assert_eq!(official("units"), "gần 3.040");
    let gifts = indicator(&half["total"], "tet_gifts");
    assert_eq!(gifts["declared"][0]["text"], "trên 23.500");
    assert_eq!(
        gifts["official"],
        Value::Null,
        "it speaks of two months of the six"
    );
    assert_eq!(
        indicator(&half["total"], "value_vnd")["declared"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let tet = world
        .totals(&format!(
            "{}&from=2022-01-01&to=2022-02-28",
            of("Hội Chữ thập đỏ tỉnh Lào Cai")
        ))
        .await;
    assert_eq!(
        indicator(&tet["total"], "tet_gifts_percent_of_target")["official"]["text"],
        "109,5"
    );

    let cluster = format!(
        "cluster={}&from=2024-01-01&to=2024-10-31",
        ids["Cụm thi đua số 2"]
    );
    assert_eq!(
        indicator(&world.totals(&cluster).await["total"], "units")["official"]["text"],
        "6.727"
    );
    let soc_trang = format!(
        "{}&from=2015-01-01&to=2020-06-19",
        of("Hội Chữ thập đỏ tỉnh Sóc Trăng")
    );
    assert_eq!(
        indicator(&world.totals(&soc_trang).await["total"], "units")["official"]["text"],
        "49.546"
    );
    let district = format!(
        "{}&from=2024-01-01&to=2024-12-31",
        of("Hội Chữ thập đỏ quận Nam Từ Liêm")
    );
    let units = indicator(&world.totals(&district).await["total"], "units").clone();
    assert_eq!(units["official"]["text"], "3.858");
    assert_eq!(units["targets"][0]["value"], 1700.0);
    assert_eq!(units["targets"][0]["percent_text"], "227 %");
    let kien_an = format!(
        "{}&from=2022-01-01&to=2022-12-31",
        of("Hội Chữ thập đỏ quận Kiến An")
    );
    assert_eq!(
        indicator(
            &world.totals(&kien_an).await["total"],
            "value_growth_percent"
        )["official"]["text"],
        "12,7"
    );
    let english = world
        .admin
        .with("Accept-Language", "en")
        .get(&format!("/totals?{soc_trang}"))
        .await
        .ok();
    assert_eq!(
        indicator(&english["total"], "tet_value_vnd")["official"]["text"],
        "over 66,000,000,000"
    );
}

#[actix_web::test]
async fn every_published_figure_is_printed_again_for_its_own_period() {
    let world = world().await;
    let ids = world.published().await;
    let mut reader = csv::Reader::from_reader(PUBLISHED.as_bytes());
    let rows: Vec<HashMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    for row in rows.iter().filter(|row| row["kind"] == "figure") {
        let scope = if row["organisation_kind"] == "cluster" {
            "cluster"
        } else {
            "organisation"
        };
        let query = format!(
            "{scope}={}&from={}&to={}",
            ids[&row["organisation"]], row["period_start"], row["period_end"]
        );
        let found = world.totals(&query).await;
        let official = &indicator(&found["total"], &row["indicator"])["official"];
        assert_eq!(
            official["value"],
            row["value"].parse::<f64>().unwrap(),
            "{row:?}"
        );
        assert_eq!(official["exactness"], row["exactness"], "{row:?}");
    }
}

#[actix_web::test]
async fn todays_body_is_not_the_old_one_of_the_same_name() {
    let world = world().await;
    let ids = world.published().await;
    let old = &ids["Hội Chữ thập đỏ tỉnh Lào Cai"];
    let today = json!({"kind": "province", "name": "Hội Chữ thập đỏ tỉnh Lào Cai", "valid_from": "2025-07-01", "code": "15"});
    let today = id_of(&world.admin.post("/organisations", today).await.created());
    let ward = json!({"kind": "commune", "name": "Sóc Trăng", "valid_from": "2025-07-01", "parent": today});
    let ward = id_of(&world.admin.post("/organisations", ward).await.created());
    for id in [&today, &ward] {
        let path = format!("/totals?organisation={id}&from=2022-01-01&to=2022-06-30");
        world
            .admin
            .get(&path)
            .await
            .refused("organisation-not-there");
    }
    let path = format!("/totals?organisation={old}&from=2026-01-01&to=2026-03-31");
    world
        .admin
        .get(&path)
        .await
        .refused("organisation-not-there");
    let since = world
        .totals(&format!(
            "organisation={today}&from=2022-01-01&to=2026-04-30"
        ))
        .await;
    assert_eq!(
        indicator(&since["total"], "units")["official"]["value"],
        0.0
    );

    let merged = json!({"kind": "merged", "on": "2025-07-01", "into": [{"organisation": today}]});
    world
        .admin
        .post(&format!("/organisations/{old}/successions"), merged)
        .await
        .created();
    let now = world
        .totals(&format!(
            "organisation={today}&from=2022-01-01&to=2022-06-30&as=now"
        ))
        .await;
    assert_eq!(
        indicator(&now["total"], "units_planned")["official"]["text"],
        "gần 2.900"
    );
    let then = world
        .totals(&format!("organisation={old}&from=2022-01-01&to=2022-06-30"))
        .await;
    assert_eq!(
        indicator(&then["total"], "units_planned")["official"]["text"],
        "gần 2.900"
    );
    let gone = format!("/totals?organisation={old}&from=2022-01-01&to=2022-06-30&as=now");
    world
        .admin
        .get(&gone)
        .await
        .refused("organisation-not-there");
}

/// Units, and the days of the drives that the report lists with them.
async fn listed(world: &World, id: OrganisationId, how: &str) -> (f64, Vec<String>) {
    let span = format!("organisation={id}&from=2025-01-01&to=2025-12-31&as={how}");
    let total = world.totals(&span).await;
    let units = &total["total"]["recorded"]["collected"];
    let report = world.admin.get(&format!("/reports/period?{span}")).await;
    let report = report.ok();
    let drives = report["rows"].as_array().unwrap().iter();
    let drives: Vec<&Value> = drives
        .filter(|row| row["section"] == "Đợt hiến máu")
        .collect();
    let sum: f64 = drives
        .iter()
        .map(|row| row["units_planned"].as_f64().unwrap())
        .sum();
    assert_eq!(Some(sum), units.as_f64(), "the drives add up to the total");
    let days = drives.iter().map(|row| row["on"].as_str().unwrap().into());
    (sum, days.collect())
}

#[actix_web::test]
async fn lao_cai_of_today_holds_yen_bai_and_lao_cai_of_before_does_not() {
    let world = world().await;
    let app = &world.app;
    let old = |name: &'static str| app.body("province", name, Some(world.nation));
    let (lao_cai, yen_bai) = (old("Lào Cai").await, old("Yên Bái").await);
    let today = json!({"kind": "province", "name": "Lào Cai", "valid_from": "2025-07-01"});
    let today = id_of(&world.admin.post("/organisations", today).await.created());
    let today: OrganisationId = today.parse().unwrap();
    // A club of Yên Bái goes on under the new province.
    let club = app.body("club", "Giọt Hồng", Some(yen_bai)).await;
    for (organiser, day, units) in [
        (lao_cai, "2025-03-01", 100),
        (yen_bai, "2025-04-01", 30),
        (club, "2025-05-01", 7),
        (today, "2025-09-01", 200),
    ] {
        world
            .held(organiser, &[day], &[(organiser, "planned", units)])
            .await;
    }
    for before in [lao_cai, yen_bai] {
        let merged =
            json!({"kind": "merged", "on": "2025-07-01", "into": [{"organisation": today}]});
        let path = format!("/organisations/{before}/successions");
        world.admin.post(&path, merged).await.created();
    }
    let days = |list: &[&str]| list.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        listed(&world, lao_cai, "then").await,
        (100.0, days(&["2025-03-01"]))
    );
    assert_eq!(
        listed(&world, yen_bai, "then").await,
        (37.0, days(&["2025-04-01", "2025-05-01"]))
    );
    assert_eq!(
        listed(&world, today, "then").await,
        (200.0, days(&["2025-09-01"]))
    );
    assert_eq!(
        listed(&world, today, "now").await,
        (
            337.0,
            days(&["2025-03-01", "2025-04-01", "2025-05-01", "2025-09-01"])
        )
    );
    let now = world
        .totals("from=2025-01-01&to=2025-12-31&as=now&by=organisation")
        .await;
    let rows = now["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "one province of that name today: {now}");
    assert_eq!(rows[0]["recorded"]["collected"], 337.0);
    let then = world
        .totals("from=2025-01-01&to=2025-12-31&by=organisation")
        .await;
    assert_eq!(then["rows"].as_array().unwrap().len(), 3, "{then}");
    assert_eq!(then["total"]["recorded"]["collected"], 337.0);
}

#[actix_web::test]
async fn a_renamed_body_keeps_what_it_held_under_its_old_name() {
    let world = world().await;
    let old = world
        .app
        .body("province", "Thừa Thiên Huế", Some(world.nation))
        .await;
    let new = world.app.body("province", "Huế", Some(world.nation)).await;
    world
        .held(old, &["2025-02-01"], &[(old, "planned", 40)])
        .await;
    world
        .held(new, &["2025-08-01"], &[(new, "planned", 2)])
        .await;
    let renamed = json!({"kind": "renamed", "on": "2025-07-01", "into": [{"organisation": new}]});
    let path = format!("/organisations/{old}/successions");
    world.admin.post(&path, renamed).await.created();
    assert_eq!(listed(&world, old, "then").await.0.to_string(), "40");
    assert_eq!(listed(&world, new, "then").await.0.to_string(), "2");
    assert_eq!(listed(&world, new, "now").await.0.to_string(), "42");
}

#[actix_web::test]
async fn a_report_with_too_many_drives_says_how_many_it_sums() {
    let app = TestApp::with(|settings| settings.limits.report_drives = 2).await;
    let world = world_in(app).await;
    let province = world
        .app
        .body("province", "Lào Cai", Some(world.nation))
        .await;
    for (number, day) in ["2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05"]
        .iter()
        .enumerate()
    {
        let units = 10 + i32::try_from(number).unwrap();
        world
            .held(province, &[day], &[(province, "planned", units)])
            .await;
    }
    let ask = |to: &str| format!("/reports/period?organisation={province}&from=2026-01-01&to={to}");
    let report = world.admin.get(&ask("2026-04-30")).await.ok();
    assert_eq!(report["drives_beyond"], 2);
    let drives: Vec<&Value> = report["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["section"] == "Đợt hiến máu")
        .collect();
    assert_eq!(drives.len(), 3, "{report}");
    assert_eq!(
        (
            &drives[2]["name"],
            &drives[2]["drives"],
            &drives[2]["units_planned"]
        ),
        (
            &json!("2 đợt khác, cộng chung"),
            &json!(2.0),
            &json!(12.0 + 13.0)
        )
    );
    let csv = world.admin.with("Accept", "text/csv");
    let csv = csv.get(&ask("2026-04-30")).await.text();
    assert!(csv.contains(",\"2 đợt khác, cộng chung\","), "{csv}");
    let short = world.admin.get(&ask("2026-02-28")).await.ok();
    assert_eq!(short["drives_beyond"], 0);
    assert!(!short.to_string().contains("cộng chung"));
}

#[actix_web::test]
async fn a_split_body_counts_in_shares_today_and_whole_as_it_was() {
    let world = world().await;
    let (app, nation) = (&world.app, world.nation);
    let (old, north, south) = (
        app.body("province", "Cũ", Some(nation)).await,
        app.body("province", "Bắc", Some(nation)).await,
        app.body("province", "Nam", Some(nation)).await,
    );
    let club = app.body("club", "Hồng", Some(old)).await;
    world
        .held(old, &["2025-03-01"], &[(club, "planned", 100)])
        .await;
    world
        .held(north, &["2026-03-01"], &[(club, "planned", 10)])
        .await;
    let split = json!({"kind": "split", "on": "2025-07-01", "into": [{"organisation": north, "share": 0.25}, {"organisation": south, "share": 0.75}]});
    world
        .admin
        .post(&format!("/organisations/{old}/successions"), split)
        .await
        .created();
    let units = |found: &Value| found["total"]["recorded"]["collected"].clone();
    let span = "from=2025-01-01&to=2026-12-31";
    let ask = |id: OrganisationId, how: &str| format!("organisation={id}&{span}&as={how}");
    assert_eq!(units(&world.totals(&ask(north, "then")).await), 10.0);
    assert_eq!(units(&world.totals(&ask(north, "now")).await), 35.0);
    assert_eq!(units(&world.totals(&ask(south, "now")).await), 75.0);
    assert_eq!(units(&world.totals(&ask(old, "then")).await), 100.0);
    let by = world
        .totals(&format!("{span}&as=now&by=organisation"))
        .await;
    let rows: Vec<(&str, f64)> = by["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["name"].as_str().unwrap(),
                row["recorded"]["collected"].as_f64().unwrap(),
            )
        })
        .collect();
    assert_eq!(rows, [("Nam", 75.0), ("Bắc", 35.0)]);
    let then = world.totals(&format!("{span}&by=organisation")).await;
    assert_eq!(then["rows"][0]["name"], "Cũ");
    assert_eq!(units(&then), 110.0);
}

#[actix_web::test]
async fn recorded_totals_are_told_by_month_body_kind_and_programme() {
    let world = world().await;
    let (app, nation) = (&world.app, world.nation);
    let province = app.body("province", "Nghệ An", Some(nation)).await;
    let school = app.body("school", "Đại học Vinh", Some(province)).await;
    let fair = world
        .held(
            province,
            &["2026-03-30", "2026-03-31", "2026-04-01"],
            &[(school, "planned", 10), (province, "planned", 5)],
        )
        .await;
    world
        .held(province, &["2026-04-02"], &[(province, "emergency", 4)])
        .await;
    let programme: AnyId = app.app.id();
    let now = app.app.now();
    app.rows(move |conn| {
        diesel::insert_into(programmes::table)
            .values((
                programmes::id.eq(programme),
                programmes::name.eq("Hành trình đỏ"),
                programmes::search_name.eq("hanh trinh do"),
                programmes::edition.eq(2026),
                programmes::created_at.eq(now),
            ))
            .execute(conn)?;
        diesel::update(tallies::table.filter(tallies::drive.eq(fair)))
            .set(tallies::programme.eq(Some(programme)))
            .execute(conn)
    })
    .await;
    let span = format!("organisation={province}&from=2026-01-01&to=2026-12-31");
    let found = world.totals(&format!("{span}&by=month")).await;
    let recorded = &found["total"]["recorded"];
    assert_eq!(recorded["drives"], 2.0, "a fair of three days is one drive");
    assert_eq!(
        (&recorded["collected"], &recorded["collected_emergency"]),
        (&json!(49.0), &json!(4.0))
    );
    assert_eq!(
        (&recorded["ml"], &recorded["share_350plus"]),
        (&json!(17150.0), &json!(100.0))
    );
    let month = |at: usize| found["rows"][at].clone();
    assert_eq!(found["rows"].as_array().unwrap().len(), 12);
    assert_eq!(
        (
            &month(2)["key"],
            &month(2)["recorded"]["drives"],
            &month(2)["recorded"]["collected"]
        ),
        (&json!("2026-03"), &json!(1.0), &json!(30.0))
    );
    assert_eq!(
        (
            &month(3)["recorded"]["drives"],
            &month(3)["recorded"]["collected"]
        ),
        (&json!(2.0), &json!(19.0))
    );
    let row = |found: &Value, at: usize| {
        (
            found["rows"][at]["name"].clone(),
            found["rows"][at]["recorded"]["collected"].clone(),
            found["rows"][at]["recorded"]["drives"].clone(),
        )
    };
    let by_body = world.totals(&format!("{span}&by=body")).await;
    assert_eq!(
        row(&by_body, 0),
        (json!("Đại học Vinh"), json!(30.0), json!(1.0))
    );
    assert_eq!(
        row(&by_body, 1),
        (json!("Nghệ An"), json!(19.0), json!(2.0))
    );
    let by_programme = world.totals(&format!("{span}&by=programme")).await;
    assert_eq!(
        row(&by_programme, 0),
        (json!("Hành trình đỏ 2026"), json!(45.0), json!(1.0))
    );
    assert_eq!(row(&by_programme, 1).0, Value::Null);
    let by_kind = world.totals(&format!("{span}&by=kind")).await;
    assert_eq!(
        (&by_kind["rows"][1]["key"], row(&by_kind, 1).1),
        (&json!("emergency"), json!(4.0))
    );
    let mobilised = world
        .totals(&format!(
            "organisation={school}&from=2026-01-01&to=2026-12-31"
        ))
        .await;
    assert_eq!(
        mobilised["total"]["recorded"]["collected"], 30.0,
        "a school counts the people it brings"
    );
    let only = world
        .totals(&format!("{span}&programme={programme}&kind=planned"))
        .await;
    assert_eq!(only["total"]["recorded"]["collected"], 45.0);
    assert_eq!(
        world.totals(&format!("{span}&by=blood_group")).await["rows"],
        json!([])
    );
    let nation = world
        .totals("from=2026-01-01&to=2026-12-31&by=organisation")
        .await;
    assert_eq!(row(&nation, 0), (json!("Nghệ An"), json!(49.0), json!(2.0)));
    assert_eq!(nation["name"], "Cả nước");
}

#[actix_web::test]
async fn a_signed_figure_stands_for_its_days_and_an_unsigned_one_beside() {
    let world = world().await;
    let province = world
        .app
        .body("province", "Nghệ An", Some(world.nation))
        .await;
    world
        .held(province, &["2026-03-01"], &[(province, "planned", 40)])
        .await;
    world
        .held(province, &["2026-04-01"], &[(province, "planned", 50)])
        .await;
    let path = format!("/organisations/{province}/figures");
    let figure = |signed: bool| json!({"indicator": "units", "from": "2026-03-01", "to": "2026-03-31", "value": 45, "exactness": "exact", "is_signed": signed});
    let target = json!({"indicator": "units", "from": "2026-01-01", "to": "2026-12-31", "value": 100, "kind": "self_set"});
    world
        .admin
        .put(&format!("/organisations/{province}/targets"), target)
        .await
        .ok();
    let ask = format!("organisation={province}&from=2026-01-01&to=2026-12-31&by=month");
    world.admin.put(&path, figure(false)).await.ok();
    let beside = indicator(&world.totals(&ask).await["total"], "units").clone();
    assert_eq!(
        (
            &beside["official"]["value"],
            &beside["declared"][0]["difference"]
        ),
        (&json!(90.0), &json!(5.0))
    );
    world.admin.put(&path, figure(true)).await.ok();
    let signed = world.totals(&ask).await;
    let units = indicator(&signed["total"], "units");
    assert_eq!(
        (
            &units["recorded"],
            &units["official"]["value"],
            &units["difference"]
        ),
        (&json!(90.0), &json!(95.0), &json!(5.0))
    );
    assert_eq!(units["targets"][0]["percent_text"], "95 %");
    assert_eq!(
        indicator(&signed["rows"][2], "units")["official"]["value"],
        45.0
    );
    let part = world
        .totals(&format!(
            "organisation={province}&from=2026-03-15&to=2026-12-31"
        ))
        .await;
    let units = indicator(&part["total"], "units");
    assert_eq!(units["official"]["value"], 50.0, "never pro rata");
    assert_eq!(units["targets"][0]["percent"], 50.0);
    let above = world
        .totals("from=2026-01-01&to=2026-12-31&by=organisation")
        .await;
    assert_eq!(
        indicator(&above["total"], "units")["targets"],
        json!([]),
        "targets are never summed"
    );
    let row = indicator(&above["rows"][0], "units").clone();
    assert_eq!(
        (&row["official"]["value"], &row["targets"][0]["percent"]),
        (&json!(95.0), &json!(95.0))
    );
}

#[actix_web::test]
async fn the_totals_of_a_year_are_summed_from_an_index() {
    let world = world().await;
    let (app, first) = (&world.app, day("2016-01-01"));
    let province = app.body("province", "Lào Cai", Some(world.nation)).await;
    let drive = world
        .held(province, &["2026-01-01"], &[(province, "planned", 5)])
        .await;
    app.rows(move |conn| {
        let days = first.iter_days().take(3500);
        for day in days {
            tally(conn, drive, province, (day, province, "emergency", 1))?;
        }
        Ok(())
    })
    .await;
    app.analyze().await;
    for scope in [String::new(), format!("organisation={province}&")] {
        for by in ["month", "body", "organisation"] {
            let path = format!("/totals?{scope}from=2025-01-01&to=2025-12-31&by={by}");
            let plans = app.plans_of(&world.admin, &path).await.concat();
            assert!(plans.contains("tallies_by_"), "{path}\n{plans}");
            let whole =
                |line: &str| line.contains("Seq Scan on tallies") || line.trim_end() == "SCAN t";
            assert!(!plans.lines().any(whole), "{path}\n{plans}");
        }
    }
}

#[actix_web::test]
async fn a_day_that_is_over_is_summed_once_and_a_late_change_counts_at_once() {
    let world = world().await;
    let app = &world.app;
    let province = app.body("province", "Lào Cai", Some(world.nation)).await;
    let (old, today) = (day("2026-03-01"), app.app.now().date_in(chrono_tz::UTC));
    let days = ["2026-03-01", "2026-03-02", &today.to_string()];
    let rows = [(province, "planned", 40), (province, "emergency", 2)];
    let drive = world.held(province, &days, &rows).await;
    world.held(province, &["2026-03-01"], &rows).await;
    let ask = format!("from=2026-01-01&to={today}&by=month");
    let before = world.totals(&ask).await;
    let recorded = |totals: &Value| {
        let recorded = &totals["total"]["recorded"];
        let of = |key: &str| recorded[key].as_f64().unwrap();
        (of("drives"), of("collected"), of("collected_emergency"))
    };
    assert_eq!(recorded(&before), (2.0, 168.0, 8.0));

    app.run_jobs().await;
    assert_eq!(world.totals(&ask).await, before);
    // What was written down is what is read: a sum nobody recorded shows at once.
    app.rows(move |conn| {
        diesel::update(settled_days::table.find(old))
            .set(settled_days::collected.eq(settled_days::collected + 1000))
            .execute(conn)
    })
    .await;
    assert_eq!(recorded(&world.totals(&ask).await), (2.0, 1168.0, 8.0));

    // A unit found later: its day is counted from its tallies again, and then summed anew.
    let key = TallyKey {
        drive,
        held_on: old,
        body: province,
        kind: UnitKind::Planned,
        organiser: province,
        programme: None,
    };
    let unit = Delta {
        collected: 1,
        ..Delta::default()
    };
    app.rows(move |conn| sums::record(conn, &key, &unit)).await;
    assert_eq!(recorded(&world.totals(&ask).await), (2.0, 169.0, 8.0));
    app.forward(TimeDelta::hours(1));
    app.run_jobs().await;
    assert_eq!(recorded(&world.totals(&ask).await), (2.0, 169.0, 8.0));
    app.rows(move |conn| sums::record(conn, &key, &unit.taken_back()))
        .await;
    assert_eq!(recorded(&world.totals(&ask).await), (2.0, 168.0, 8.0));
}

#[actix_web::test]
async fn totals_are_for_those_who_answer_for_the_scope() {
    let world = world().await;
    let province = world
        .app
        .body("province", "Nghệ An", Some(world.nation))
        .await;
    let other = world
        .app
        .body("province", "Hà Tĩnh", Some(world.nation))
        .await;
    let auditor = world
        .app
        .staff("Võ Thị Kiểm", Role::Auditor, province)
        .await;
    let year = "from=2026-01-01&to=2026-12-31";
    auditor
        .get(&format!("/totals?organisation={province}&{year}"))
        .await
        .ok();
    auditor
        .get(&format!("/totals?organisation={other}&{year}"))
        .await
        .refused("not-found");
    auditor
        .get(&format!("/totals?{year}"))
        .await
        .refused("not-found");
    auditor
        .get(&format!("/reports/period?organisation={other}&{year}"))
        .await
        .refused("not-found");
    world
        .app
        .donor("Nguyễn Thị Hoa")
        .await
        .get(&format!("/totals?{year}"))
        .await
        .refused("forbidden");
    let admin = &world.admin;
    admin
        .get("/totals?from=1820-01-01&to=2026-12-31")
        .await
        .invalid(&["to"]);
    admin
        .get("/totals?from=2026-02-01&to=2026-01-01")
        .await
        .invalid(&["to"]);
    admin.get("/totals?from=2026-02-01").await.invalid(&["to"]);
    admin
        .get(&format!("/totals?{year}&by=colour"))
        .await
        .invalid(&["by"]);
    admin
        .get(&format!("/totals?{year}&by=volume&as=now"))
        .await
        .invalid(&["as"]);
    admin
        .get(&format!(
            "/totals?{year}&organisation={province}&cluster={province}"
        ))
        .await
        .invalid(&["cluster"]);
    admin
        .get(&format!("/totals?{year}&cluster={province}"))
        .await
        .refused("not-found");
}

/// As it stands on Vietnamese paper: `2.896`, `109,5`.
fn printed(number: f64) -> String {
    let text = format!("{number}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if part.is_empty() {
        grouped
    } else {
        format!("{grouped},{part}")
    }
}

#[actix_web::test]
async fn the_report_says_the_same_as_json_csv_workbook_and_page() {
    let world = world().await;
    let ids = world.published().await;
    let old: OrganisationId = ids["Hội Chữ thập đỏ tỉnh Lào Cai"].parse().unwrap();
    world
        .held(old, &["2021-03-01"], &[(old, "planned", 40)])
        .await;
    world
        .held(old, &["2022-03-01"], &[(old, "planned", 40)])
        .await;
    let path = format!("/reports/period?organisation={old}&from=2022-01-01&to=2022-06-30");
    let json = world.admin.get(&path).await.ok();
    let rows = json["rows"].as_array().unwrap();
    let row = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(row("Số đợt hiến máu")["done_text"], "6");
    assert_eq!(row("trong đó: tập trung")["done_text"], "gần 2.900");
    assert_eq!(row("trong đó: đột xuất")["done_text"], "gần 140");
    assert_eq!(
        (
            &row("trong đó: tập trung")["last_year"],
            &row("trong đó: tập trung")["growth"]
        ),
        (&json!(40.0), &json!(7150.0))
    );
    assert_eq!(
        (
            &row("=Ngày hội")["section"],
            &row("=Ngày hội")["units_planned"]
        ),
        (&json!("Đợt hiến máu"), &json!(40.0))
    );

    let csv = world.admin.with("Accept", "text/csv").get(&path).await;
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let text = csv.text();
    assert!(text.starts_with("\u{feff}Phần,Nội dung,Ngày,"), "{text}");
    assert!(
        text.contains(",'=Ngày hội,01/03/2022,"),
        "a cell must not become a formula"
    );
    assert_eq!(text.lines().count(), rows.len() + 1);

    let workbook = world.admin.get(&format!("{path}&format=xlsx")).await;
    assert!(
        workbook
            .header("content-disposition")
            .unwrap()
            .contains(".xlsx")
    );
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook.bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range("Báo cáo").unwrap();
    assert_eq!(
        sheet.get((0, 0)).unwrap(),
        &Data::String(json["title"].as_str().unwrap().to_owned())
    );
    let fields = [
        "section",
        "name",
        "on",
        "target_assigned",
        "target_self_set",
        "done",
        "done_text",
        "percent",
        "last_year",
        "growth",
        "drives",
        "registered",
        "attended",
        "units_planned",
        "units_emergency",
        "ml",
    ];
    for (line, row) in rows.iter().enumerate() {
        for (column, field) in fields
            .iter()
            .enumerate()
            .filter(|(_, field)| **field != "on")
        {
            let cell = sheet.get((line + 3, column)).unwrap_or(&Data::Empty);
            let same = match cell {
                Data::Float(number) => row[field] == json!(number),
                Data::String(words) => row[field] == json!(words),
                _ => row[field].is_null(),
            };
            assert!(same, "{field} of {row} is {cell:?}");
        }
    }
    let formulas = book.worksheet_formula("Báo cáo").unwrap();
    let has = |formula: &str| formulas.used_cells().any(|(_, _, cell)| cell == formula);
    let line = rows
        .iter()
        .position(|row| row["name"] == "trong đó: tập trung");
    let line = line.unwrap() + 4;
    assert!(has(&format!("ROUND((F{line}-I{line})/I{line}*100,1)")));
    let line = rows
        .iter()
        .position(|row| row["name"] == "=Ngày hội")
        .unwrap()
        + 4;
    assert!(has(&format!("SUM(N{line}:N{line})")), "{formulas:?}");

    let page = world.admin.with("Accept", "text/html,*/*").get(&path).await;
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let text = page.text();
    assert!(
        text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            && text.contains("Độc lập – Tự do – Hạnh phúc")
    );
    assert!(!text.contains("<style") && !text.contains(" style=\""));
    let lines = text
        .split("<tr>")
        .filter(|line| line.starts_with("<td class=\"number\">"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), rows.len());
    for (row, line) in rows.iter().zip(lines) {
        let name = row["name"].as_str().unwrap();
        assert!(
            line.contains(&format!("<td>{name}</td>")),
            "{row} in {line}"
        );
        for field in [
            "done_text",
            "units_planned",
            "units_emergency",
            "ml",
            "percent",
            "growth",
        ] {
            let shown = match &row[field] {
                Value::String(words) => words.clone(),
                Value::Number(number) => printed(number.as_f64().unwrap()),
                _ => continue,
            };
            assert!(
                line.contains(&format!(">{shown}</td>")),
                "{field} of {row} in {line}"
            );
        }
    }
    assert!(text.contains("<tfoot>"), "nothing is added up");
    let style = text
        .split('"')
        .find(|part| part.starts_with("/assets/report.css"));
    let style = world
        .app
        .stranger()
        .get(&format!("/{}", style.unwrap()))
        .await;
    assert!(style.text().contains("A4"));
    let before = format!("/reports/period?organisation={old}&from=2026-01-01&to=2026-06-30");
    world
        .admin
        .get(&before)
        .await
        .refused("organisation-not-there");
    world
        .admin
        .get("/reports/period?from=1820-01-01&to=2026-06-30")
        .await
        .invalid(&["to"]);
}

#[actix_web::test]
async fn what_nobody_recorded_is_no_nought_in_any_form_of_the_report() {
    let world = world().await;
    let ids = world.published().await;
    let old: OrganisationId = ids["Hội Chữ thập đỏ tỉnh Lào Cai"].parse().unwrap();
    let report =
        |from: &str, to: &str| format!("/reports/period?organisation={old}&from={from}&to={to}");
    let path = report("2022-01-01", "2022-06-30");
    let found = world.admin.get(&path).await.ok();
    let rows = found["rows"].as_array().unwrap();
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    let silent: Vec<&str> = rows
        .iter()
        .filter(|row| row["done"].is_null())
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        silent.len(),
        4,
        "safe, registered, attended, millilitres: {silent:?}"
    );
    assert!(!rows.iter().any(|row| row["done_text"] == "0"), "{rows:?}");

    // What was declared for parts of the half-year is told apart by them.
    let values: Vec<&&str> = names
        .iter()
        .filter(|name| name.starts_with("value_vnd"))
        .collect();
    assert_eq!(
        values,
        [
            &"value_vnd (từ 01/01/2022 đến 28/02/2022)",
            &"value_vnd (từ 01/05/2022 đến 31/05/2022)"
        ]
    );
    let mut different = names.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), names.len());

    let csv = world.admin.get(&format!("{path}&format=csv")).await.text();
    let workbook = world.admin.get(&format!("{path}&format=xlsx")).await;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook.bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range("Báo cáo").unwrap();
    let page = world.admin.get(&format!("{path}&format=html")).await.text();
    for name in silent {
        let line = csv.lines().find(|line| line.contains(name)).unwrap();
        assert!(line.ends_with(&format!(",{name},,,,,–,,,,,,,,,")), "{line}");
        let at = names.iter().position(|other| *other == name).unwrap();
        assert_eq!(sheet.get((at + 3, 6)), Some(&Data::String("–".into())));
        let cells = page.split(&format!("<td>{name}</td>")).nth(1).unwrap();
        let cells: String = cells.split("</tr>").next().unwrap().into();
        assert!(
            cells.contains(">–</td>") && !cells.contains(">0<"),
            "{cells}"
        );
    }
    assert!(page.contains("“–”: chưa có số liệu."));

    // A nought that was counted is one, and a year nobody counted is none to grow from.
    world
        .held(old, &["2023-03-01"], &[(old, "planned", 40)])
        .await;
    let found = world
        .admin
        .get(&report("2023-01-01", "2023-06-30"))
        .await
        .ok();
    let rows = found["rows"].as_array().unwrap();
    let row = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(row("trong đó: đột xuất")["done_text"], "0");
    assert_eq!(row("Lượt người đăng ký")["done_text"], "60");
    assert_eq!(row("Lượt người đăng ký")["last_year"], Value::Null);
    assert_eq!(row("trong đó: tập trung")["last_year"], 2900.0);
}

#[actix_web::test]
async fn a_body_that_only_has_a_target_stands_in_the_report_without_counts() {
    let world = world().await;
    let province = world
        .app
        .body("province", "Hội tỉnh", Some(world.nation))
        .await;
    let commune = world.app.body("commune", "Hội xã", Some(province)).await;
    let target = json!({"indicator": "units", "from": "2026-01-01", "to": "2026-12-31", "value": 50, "kind": "assigned"});
    let path = format!("/organisations/{commune}/targets");
    world.admin.put(&path, target).await.ok();
    let path = format!("/reports/period?organisation={province}&from=2026-01-01&to=2026-06-30");
    let found = world.admin.get(&path).await.ok();
    let rows = found["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["name"] == "Hội xã").unwrap();
    assert_eq!(row["units_planned"], Value::Null);
    let csv = world.admin.get(&format!("{path}&format=csv")).await.text();
    assert!(csv.contains(",Hội xã,,,,,,,,,–,–,–,–,–,–"), "{csv}");
}

#[actix_web::test]
async fn a_drives_totals_are_cheap_to_ask_again() {
    let world = world().await;
    let province = world
        .app
        .body("province", "Nghệ An", Some(world.nation))
        .await;
    let school = world
        .app
        .body("school", "Đại học Vinh", Some(province))
        .await;
    let drive = world
        .held(
            province,
            &["2026-05-01"],
            &[(school, "planned", 100), (province, "emergency", 65)],
        )
        .await;
    let path = format!("/drives/{drive}/totals");
    let helper = world.app.donor("Lê Thị Giúp").await;
    helper.get(&path).await.refused("forbidden");
    world
        .app
        .grant(helper.id(), Role::DriveStaff, None, Some(drive))
        .await;
    let reply = helper.get(&path).await;
    let tag = reply.header("etag").unwrap().to_owned();
    let found = reply.ok();
    assert_eq!(found["recorded"]["collected"], 165);
    assert_eq!(
        (&found["collected_emergency"], &found["percent_text"]),
        (&json!(65), &json!("82,5 %"))
    );
    assert_eq!(
        (
            &found["bodies"][0]["name"],
            &found["bodies"][0]["recorded"]["registered"]
        ),
        (&json!("Đại học Vinh"), &json!(120))
    );
    assert_eq!(
        (&found["declared"], &found["difference"]),
        (&Value::Null, &Value::Null)
    );
    let again = helper.with("If-None-Match", &tag).get(&path).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    world
        .app
        .rows(move |conn| {
            tally(
                conn,
                drive,
                province,
                (day("2026-05-02"), school, "planned", 1),
            )
        })
        .await;
    let changed = helper.with("If-None-Match", &tag).get(&path).await.ok();
    assert_eq!(changed["recorded"]["collected"], 166);
    let elsewhere = world
        .app
        .staff("Phạm Văn Xa", Role::Coordinator, school)
        .await;
    elsewhere.get(&path).await.refused("not-found");
    world
        .admin
        .get("/drives/01890000-0000-7000-8000-000000000000/totals")
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn a_bodys_name_never_decides() {
    let world = world().await;
    let name = "Kiến An";
    let old = world
        .old_body("district", name, &world.nation.to_string())
        .await;
    let ward = world.app.body("commune", name, Some(world.nation)).await;
    let old: OrganisationId = old.parse().unwrap();
    world
        .held(old, &["2025-01-01"], &[(old, "planned", 7)])
        .await;
    let units = world
        .totals(&format!(
            "organisation={ward}&from=2025-01-01&to=2025-12-31"
        ))
        .await;
    assert_eq!(units["total"]["recorded"]["collected"], 0.0);
    let count: i64 = world
        .app
        .rows(|conn| {
            organisations::table
                .filter(organisations::name.eq("Kiến An"))
                .count()
                .first(conn)
        })
        .await;
    assert_eq!(count, 2);
}
