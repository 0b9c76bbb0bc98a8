//! Lists from files and pasted ones: read, judged, applied, undone.
mod book;
mod deciding;
mod files;
mod results;
mod roster;

use crate::support::{Actor, Reply, TestApp};
use actix_web::http::Method;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use serde_json::{Value, json};

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A club with its lead, who brings lists.
pub struct Club {
    pub app: TestApp,
    pub id: OrganisationId,
    pub lead: Actor,
}

pub async fn club() -> Club {
    let app = TestApp::new().await;
    let province = app.body("province", "Tỉnh Lào Cai", None).await;
    let id = app
        .body("club", "Câu lạc bộ Giọt Hồng Sa Pa", Some(province))
        .await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, id).await;
    Club { app, id, lead }
}

impl Club {
    pub async fn paste(&self, kind: &str, text: &str) -> Reply {
        let body = json!({"kind": kind, "organisation": self.id, "text": text});
        self.lead.post("/imports", body).await
    }

    pub async fn upload(&self, kind: &str, media: &str, bytes: impl Into<Vec<u8>>) -> Reply {
        let path = format!(
            "/imports?kind={kind}&organisation={}&name=danh-sach",
            self.id
        );
        self.lead.raw(Method::POST, &path, media, bytes).await
    }

    pub async fn members(&self) -> Vec<Value> {
        let path = format!("/organisations/{}/members?limit=200", self.id);
        let list = self.lead.get(&path).await.ok();
        list["items"].as_array().unwrap().clone()
    }

    pub async fn names(&self) -> Vec<String> {
        let members = self.members().await;
        let name = |member: &Value| member["name"].as_str().unwrap().to_owned();
        members.iter().map(name).collect()
    }
}

pub fn path(import: &Value, rest: &str) -> String {
    format!("/imports/{}{rest}", import["id"].as_str().unwrap())
}

pub async fn rows(caller: &Actor, import: &Value, query: &str) -> Vec<Value> {
    let list = caller
        .get(&path(import, &format!("/rows?limit=200{query}")))
        .await
        .ok();
    list["items"].as_array().unwrap().clone()
}

pub async fn apply(caller: &Actor, import: &Value) -> Reply {
    caller.post(&path(import, "/application"), json!({})).await
}

/// How many rows have each verdict that any has.
pub fn counts(import: &Value) -> Vec<(String, i64)> {
    let counts = import["counts"].as_object().unwrap();
    let counts = counts
        .iter()
        .map(|(verdict, count)| (verdict.clone(), count.as_i64().unwrap()));
    counts.filter(|(_, count)| *count > 0).collect()
}

pub fn verdicts(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["verdict"].as_str().unwrap())
        .collect()
}
