//! Emergency calls: posted, vouched for, asked in waves, answered with one tap, received, and over by themselves.
mod answers;
mod asking;
mod desk;
mod faults;
mod killed;
mod matching;
mod public;
mod rare;
mod requests;
mod reserve;
mod reviews;
mod speed;
mod verifying;
mod voice;
mod waves;

use crate::support::{Actor, Ready, Reply, TestApp};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::config::Settings;
use giothong::platform::db::schema::organisations;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use giothong::platform::id::PersonId;
use serde_json::{Value, json};

/// A province with a hospital in the middle of Hà Nội, somebody on duty there, and a coordinator above.
struct Scene {
    app: TestApp,
    nation: OrganisationId,
    province: OrganisationId,
    hospital: OrganisationId,
    duty: Actor,
    coordinator: Actor,
}

async fn scene() -> Scene {
    scene_with(|_| ()).await
}

/// The same with other settings. Donors are believed to come so often that one missing unit asks four of them.
async fn scene_with(change: impl FnOnce(&mut Settings)) -> Scene {
    // When calls may ring is asked elsewhere; here they are matched at every hour.
    let app = TestApp::with(|settings| {
        settings.notices.quiet_from = settings.notices.quiet_to;
        settings.calls.waves.others_chance = 0.18;
        change(settings);
    })
    .await;
    let nation = app.body("national", "Cả nước", None).await;
    let province = app.body("province", "Hà Nội", Some(nation)).await;
    let hospital = app
        .body("hospital", "Bệnh viện Minh Họa", Some(province))
        .await;
    place(&app, hospital, (21.03, 105.85)).await;
    let duty = app.staff("Phạm Trực Ban", Role::Hospital, hospital).await;
    let coordinator = app.coordinator(province).await;
    Scene {
        app,
        nation,
        province,
        hospital,
        duty,
        coordinator,
    }
}

/// Five donors near, and a call for so many units that has asked its first.
async fn five_asked(units: i32) -> (Scene, String) {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let path = scene.asking(units).await;
    (scene, path)
}

async fn place(app: &TestApp, body: OrganisationId, (latitude, longitude): (f64, f64)) {
    app.rows(move |conn| {
        diesel::update(organisations::table.find(body))
            .set((
                organisations::latitude.eq(Some(latitude)),
                organisations::longitude.eq(Some(longitude)),
            ))
            .execute(conn)
    })
    .await;
}

impl Scene {
    fn need(&self, units: i32) -> Value {
        json!({
            "hospital": self.hospital, "blood_group": "O+", "component": "red_cells", "units": units,
            "needed_by": (*self.app.app.now() + TimeDelta::hours(9)).to_rfc3339(), "accept_compatible": false,
        })
    }

    fn rare_need(&self, units: i32) -> Value {
        let mut need = self.need(units);
        need["blood_group"] = json!("O-");
        need
    }

    async fn asking(&self, units: i32) -> String {
        self.asking_for(self.need(units)).await
    }

    /// Posts and vouches for a need, and lets its first wave go out.
    async fn asking_for(&self, need: Value) -> String {
        let path = self.verified(need).await;
        self.app.run_jobs().await;
        path
    }

    /// Posts and vouches for a need; its first wave is due.
    async fn verified(&self, need: Value) -> String {
        let path = self.posted(need).await;
        let verified = self.vouch(&path).await;
        assert_eq!(verified["state"], "asking");
        path
    }

    /// Posts a need that waits for somebody's word.
    async fn posted(&self, need: Value) -> String {
        let call = self.duty.post("/calls", need).await.created();
        format!("/calls/{}", call["id"].as_str().unwrap())
    }

    /// The coordinator's word for a call.
    async fn vouch(&self, path: &str) -> Value {
        let accept = json!({ "accept": true });
        self.coordinator
            .post(&format!("{path}/verification"), accept)
            .await
            .ok()
    }

    async fn donors(&self, group: BloodGroup, names: &[&str]) -> Vec<PersonId> {
        let mut people = Vec::new();
        for name in names {
            people.push(self.app.ready_donor(name, Ready::of(group)).await);
        }
        people
    }

    /// A donor so many kilometres north of the hospital.
    async fn donor_at(&self, name: &str, group: BloodGroup, km: f64) -> PersonId {
        let at = (21.03 + km / 111.2, 105.85);
        let ready = Ready {
            at,
            ..Ready::of(group)
        };
        self.app.ready_donor(name, ready).await
    }

    /// The tokens of the links that were mailed, by address.
    fn links(&self) -> Vec<(String, String)> {
        let mails = self.app.mails().into_iter();
        mails
            .filter_map(|mail| {
                let token = mail
                    .text
                    .split("/a/")
                    .nth(1)?
                    .split_whitespace()
                    .next()?
                    .to_owned();
                Some((mail.to, token))
            })
            .collect()
    }

    /// The addresses that were asked, in order.
    fn asked(&self) -> Vec<String> {
        let mut asked: Vec<String> = self.links().into_iter().map(|(to, _)| to).collect();
        asked.sort();
        asked
    }

    /// The token that was mailed to somebody of this name.
    fn link_of(&self, name: &str) -> String {
        let address = address(name);
        let link = self
            .links()
            .into_iter()
            .rev()
            .find(|(to, _)| *to == address);
        link.unwrap_or_else(|| panic!("{name} was not asked")).1
    }

    /// Who reads mail at this address, signed in.
    async fn called(&self, email: &str) -> Actor {
        let lookup = self.app.app.keys.lookup("email", email);
        let find = move |conn: &mut _| giothong::people::contacts::with_lookup(conn, &lookup);
        let person = self.app.rows(find).await[0];
        self.app.signed_in(person).await
    }

    async fn say(&self, token: &str, answer: &str) -> Reply {
        self.answer(token, json!({ "answer": answer })).await
    }

    async fn answer(&self, token: &str, body: Value) -> Reply {
        self.app
            .stranger()
            .post(&format!("/answers/{token}"), body)
            .await
    }

    async fn call(&self, path: &str) -> Value {
        self.duty.get(path).await.ok()
    }

    /// The states the call went through.
    async fn states(&self, path: &str) -> Vec<String> {
        let call = self.call(path).await;
        let steps = call["history"].as_array().unwrap().iter();
        steps
            .filter(|step| step["act"] == "moved")
            .map(|step| step["state"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn change(&self, body: OrganisationId, change: Value) -> Value {
        self.coordinator
            .patch(&format!("/organisations/{body}"), change)
            .await
            .ok()
    }
}

/// The mail address of a test's person.
fn address(name: &str) -> String {
    let folded = giothong::platform::fold::fold(name);
    format!("{}@example.vn", folded.replace(' ', ""))
}

const FIVE: [&str; 5] = ["Nguyễn An", "Lê Bình", "Trần Chi", "Vũ Dung", "Đỗ Em"];

/// So many names that no two share an address.
fn names(many: usize) -> Vec<String> {
    let letters = |n: usize| {
        [
            "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười",
        ][n % 10]
    };
    (0..many)
        .map(|n| {
            format!(
                "Người {} {} {}",
                letters(n / 100),
                letters(n / 10),
                letters(n)
            )
        })
        .collect()
}
