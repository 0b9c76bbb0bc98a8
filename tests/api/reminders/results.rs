//! What became of reminders: which arrived, as far as one can know, and what they cost.
use super::today;
use crate::notices::{contact, relay::member, without_contacts};
use crate::support::{Actor, TestApp};
use diesel::prelude::*;
use giothong::platform::config::{Secret, Settings, Template};
use giothong::platform::db::schema::{donors, notices};
use giothong::platform::http::Role;
use giothong::platform::id::{OrganisationId, PersonId};
use giothong::platform::notices::{NoticeId, gateway};
use serde_json::json;

fn with_gateway(settings: &mut Settings) {
    "https://sms.example.vn/send".clone_into(&mut settings.gateway.url);
    settings.gateway.secret = Secret::new("sesame".to_owned());
    let template = Template {
        id: "T-1".to_owned(),
        price: 400,
    };
    let templates = &mut settings.gateway.templates;
    templates.insert("eligibility-returned".to_owned(), template);
}

struct Scene {
    app: TestApp,
    club: OrganisationId,
    coordinator: Actor,
}

impl Scene {
    /// A member who may give again today.
    async fn due(&self, name: &str) -> PersonId {
        let person = member(&self.app, self.club, name).await;
        self.app
            .rows(move |conn| {
                diesel::update(donors::table.find(person))
                    .set(donors::available_from.eq(today()))
                    .execute(conn)
            })
            .await;
        person
    }

    async fn with_number(&self, name: &str, number: &str) -> PersonId {
        let person = self.due(name).await;
        without_contacts(&self.app, person).await;
        contact(&self.app, person, "phone", number).await;
        person
    }

    async fn receipt(&self, person: PersonId, status: &str) {
        let id: NoticeId = self
            .app
            .rows(move |conn| {
                let theirs = notices::table.filter(notices::person.eq(person));
                theirs.select(notices::id).first(conn)
            })
            .await;
        let body = json!({"receipts": [{"reference": id, "status": status}]});
        let bytes = serde_json::to_vec(&body).unwrap();
        let proof = gateway::sign("sesame", self.app.app.now(), &bytes);
        let provider = self.app.stranger().with("X-Giothong-Signature", &proof);
        provider.post("/gateway/receipts", body).await.expect(204);
    }

    async fn today(&self) -> (i64, i64, i64) {
        let path = "/reminders/results?from=2026-05-01&to=2026-05-01";
        let results = self.coordinator.get(path).await.ok();
        let day = &results["items"][0];
        let number = |name: &str| day[name].as_i64().unwrap();
        (number("sent"), number("delivered"), number("cost"))
    }
}

async fn scene() -> Scene {
    let app = TestApp::with(with_gateway).await;
    let province = app.body("province", "Hà Nội", None).await;
    let club = app.body("club", "Câu lạc bộ An", Some(province)).await;
    Scene {
        coordinator: app.coordinator(province).await,
        app,
        club,
    }
}

#[actix_web::test]
async fn an_sms_arrived_when_its_receipt_says_so_and_is_paid_for_in_any_case() {
    let scene = scene().await;
    let arrives = scene.with_number("Nguyễn Đến", "+84912345671").await;
    let fails = scene.with_number("Lê Hỏng", "+84912345672").await;
    scene.with_number("Trần Chờ", "+84912345673").await;
    scene.due("Vũ Thư").await;
    assert_eq!(scene.today().await, (0, 0, 0));
    scene.app.run_jobs().await;
    assert_eq!(scene.app.app.net.posted().len(), 3);
    assert_eq!(scene.today().await, (4, 1, 1200), "the mail was taken");
    scene.receipt(arrives, "delivered").await;
    scene.receipt(fails, "failed").await;
    assert_eq!(scene.today().await, (4, 2, 1200));
    scene.receipt(arrives, "failed").await;
    assert_eq!(
        scene.today().await,
        (4, 1, 1200),
        "the last receipt is true"
    );
}

#[actix_web::test]
async fn what_a_lead_passes_on_arrived_once_it_is_ticked_off_and_the_inbox_once_it_was_opened() {
    let scene = scene().await;
    let (said, read) = (scene.due("Nguyễn Nghe").await, scene.due("Lê Đọc").await);
    let lead = scene.app.staff("Đỗ Nhóm", Role::ClubLead, scene.club).await;
    without_contacts(&scene.app, said).await;
    let reader = scene.app.signed_in(read).await;
    let wish = json!({"channel": "inbox", "nights": false, "time_zone": null});
    reader.put("/me/contact-wishes", wish).await.ok();
    scene.app.run_jobs().await;
    assert_eq!(scene.today().await, (2, 0, 0), "nothing is known yet");
    let tick = format!("/organisations/{}/relay/{said}", scene.club);
    lead.put(&tick, json!({"done": true})).await.expect(204);
    assert_eq!(scene.today().await, (2, 1, 0));
    lead.put(&tick, json!({"done": false})).await.expect(204);
    assert_eq!(scene.today().await, (2, 0, 0), "the tick was taken back");
    let until = (*scene.app.app.now()).to_rfc3339();
    let opened = reader
        .put("/me/messages/read", json!({"until": until}))
        .await;
    opened.expect(204);
    assert_eq!(scene.today().await, (2, 1, 0));
}

#[actix_web::test]
async fn what_could_not_be_sent_was_not_sent_and_costs_nothing() {
    let scene = scene().await;
    scene.app.app.net.answer_next(500, None);
    scene.with_number("Nguyễn Đến", "+84912345671").await;
    scene.app.run_jobs().await;
    assert_eq!(scene.today().await, (0, 0, 0));
    scene.app.forward(chrono::TimeDelta::minutes(30));
    scene.app.run_jobs().await;
    assert_eq!(scene.today().await, (1, 0, 400), "paid for once");
}
