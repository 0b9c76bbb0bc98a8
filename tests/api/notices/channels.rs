//! Ways to a reader: browsers, mail, SMS and Zalo, and which comes first.
use super::{contact, fate, left_by, send, send_later, states, tell, without_contacts};
use crate::support::{Actor, TestApp};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use giothong::platform::config::{Secret, Settings, Template};
use giothong::platform::notices::{Posted, Purpose, gateway};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use serde_json::{Value, json};
use web_push_native::Auth;

/// A browser as its push service knows it.
pub struct Browser {
    secret: p256::SecretKey,
    auth: [u8; 16],
    id: String,
}

impl Browser {
    pub fn new(number: u8) -> Self {
        Self {
            secret: p256::SecretKey::from_slice(&[number; 32]).unwrap(),
            auth: [number; 16],
            id: format!("01890000-0000-7000-8000-0000000000{number:02x}"),
        }
    }

    fn subscription(&self, endpoint: &str) -> Value {
        let public = self.secret.public_key().to_encoded_point(false);
        json!({
            "endpoint": endpoint,
            "keys": {
                "p256dh": URL_SAFE_NO_PAD.encode(public.as_bytes()),
                "auth": URL_SAFE_NO_PAD.encode(self.auth),
            },
        })
    }

    pub async fn subscribe(&self, actor: &Actor) {
        let endpoint = format!("https://push.example.vn/{}", self.id);
        let path = format!("/me/push-subscriptions/{}", self.id);
        actor
            .put(&path, self.subscription(&endpoint))
            .await
            .expect(204);
    }

    pub(super) fn open(&self, body: &[u8]) -> Value {
        let auth = Auth::clone_from_slice(&self.auth);
        let opened = web_push_native::decrypt(body.to_vec(), &self.secret, &auth).unwrap();
        serde_json::from_slice(&opened).unwrap()
    }
}

fn header<'a>(posted: &'a Posted, name: &str) -> &'a str {
    let found = posted.headers.iter().find(|(other, _)| other == name);
    &found.unwrap_or_else(|| panic!("no {name}")).1
}

#[actix_web::test]
async fn a_browser_gets_a_short_message_sealed_for_it_and_signed_by_us() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let key = hoa.get("/me/push-key").await.ok()["key"].clone();
    Browser::new(1).subscribe(&hoa).await;
    let id = tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    left_by(&app, id, "push").await;
    assert!(app.mails().is_empty(), "one way is enough");
    let posted = app.app.net.posted().remove(0);
    assert!(posted.url.starts_with("https://push.example.vn/0189"));
    let shown = Browser::new(1).open(&posted.body);
    assert_eq!(shown["title"], "Chào bạn");
    assert_eq!(shown["code"].as_str().unwrap().len(), 9);
    assert_eq!(header(&posted, "content-encoding"), "aes128gcm");
    assert_eq!(header(&posted, "ttl"), "172800");
    assert_eq!(header(&posted, "urgency"), "normal");
    let proof = header(&posted, "authorization");
    let (token, public) = proof
        .strip_prefix("vapid t=")
        .and_then(|rest| rest.split_once(", k="))
        .unwrap();
    assert_eq!(key, public);
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_audience(&["https://push.example.vn"]);
    rules.validate_exp = false;
    let public = URL_SAFE_NO_PAD.decode(public).unwrap();
    let claims = jsonwebtoken::decode::<Value>(token, &DecodingKey::from_ec_der(&public), &rules);
    let claims = claims.unwrap().claims;
    let left = claims["exp"].as_i64().unwrap() - app.app.now().timestamp();
    assert!((1..=86_400).contains(&left), "{left}");
    assert!(claims["sub"].as_str().unwrap().starts_with("mailto:"));
}

#[actix_web::test]
async fn a_browser_that_is_gone_is_forgotten_and_a_mail_goes_instead() {
    for status in [404, 410] {
        let app = TestApp::new().await;
        let hoa = app.donor("Nguyễn Thị Hoa").await;
        Browser::new(1).subscribe(&hoa).await;
        app.app.net.answer_next(status, None);
        let id = tell(&app, hoa.id(), Purpose::Booking).await;
        send(&app).await;
        left_by(&app, id, "mail").await;
        assert_eq!(app.mails_to("nguyenthihoa@example.vn").len(), 1);
        let left = hoa.get("/me/push-subscriptions").await.ok();
        assert_eq!(left["items"], json!([]), "{status}");
    }
}

#[actix_web::test]
async fn a_push_service_that_asks_to_wait_is_left_alone_until_then() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    without_contacts(&app, hoa.id()).await;
    Browser::new(1).subscribe(&hoa).await;
    app.app.net.answer_next(429, Some(600));
    let id = tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    app.forward(TimeDelta::seconds(599));
    send(&app).await;
    assert_eq!(app.app.net.posted().len(), 1);
    app.forward(TimeDelta::seconds(2));
    send(&app).await;
    left_by(&app, id, "push").await;
    assert_eq!(app.app.net.posted().len(), 2);
}

#[actix_web::test]
async fn a_push_service_that_fails_is_asked_again_and_the_message_leaves_once() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    Browser::new(1).subscribe(&hoa).await;
    app.app.net.answer_next(500, None);
    let id = tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    assert_eq!(fate(&app, id).await.0, "waiting");
    send_later(&app).await;
    left_by(&app, id, "push").await;
    assert!(app.mails().is_empty());
}

#[actix_web::test]
async fn a_browser_is_kept_under_its_own_id_and_only_where_it_may_be_asked() {
    let app = TestApp::new().await;
    let (hoa, nam) = (app.donor("Nguyễn Thị Hoa").await, app.donor("Lê Nam").await);
    let browser = Browser::new(1);
    browser.subscribe(&hoa).await;
    browser.subscribe(&hoa).await;
    let path = format!("/me/push-subscriptions/{}", browser.id);
    let mine = hoa.get("/me/push-subscriptions").await.ok();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    let fine = browser.subscription("https://push.example.vn/x");
    nam.put(&path, fine.clone()).await.refused("not-found");
    nam.delete(&path).await.expect(204);
    assert_eq!(hoa.get("/me/push-subscriptions").await.ok(), mine);
    for private in [
        "http://push.example.vn/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "nonsense",
    ] {
        let refused = browser.subscription(private);
        hoa.put(&path, refused).await.invalid(&["endpoint"]);
    }
    let mut broken = fine;
    broken["keys"]["auth"] = json!("AAAA");
    hoa.put(&path, broken).await.invalid(&["keys"]);
    hoa.delete(&path).await.expect(204);
    let none = hoa.get("/me/push-subscriptions").await.ok();
    assert_eq!(none["items"], json!([]));
}

fn with_gateway(settings: &mut Settings) {
    "https://sms.example.vn/send".clone_into(&mut settings.gateway.url);
    settings.gateway.secret = Secret::new("sesame".to_owned());
    for (kind, price) in [
        ("test-booking", 400),
        ("test-call", 800),
        ("sign-in-code", 300),
    ] {
        let template = Template {
            id: format!("T-{kind}"),
            price,
        };
        settings.gateway.templates.insert(kind.to_owned(), template);
    }
}

fn signed(app: &TestApp, body: &Value) -> Actor {
    let bytes = serde_json::to_vec(body).unwrap();
    let proof = gateway::sign("sesame", app.app.now(), &bytes);
    app.stranger().with("X-Giothong-Signature", &proof)
}

#[actix_web::test]
async fn a_number_gets_the_approved_template_and_receipts_come_back() {
    let app = TestApp::with(with_gateway).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    without_contacts(&app, hoa.id()).await;
    contact(&app, hoa.id(), "phone", "+84912345678").await;
    let id = tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    left_by(&app, id, "gateway").await;
    let posted = app.app.net.posted().remove(0);
    let said: Value = serde_json::from_slice(&posted.body).unwrap();
    assert_eq!(said["template_id"], "T-test-booking");
    assert_eq!(said["to"], "+84912345678");
    assert_eq!(said["reference"], json!(id));
    assert_eq!(said["data"]["sender"], "Câu lạc bộ Thử");
    assert!(!said.to_string().contains("Nguyễn"), "no full name: {said}");
    let proof = header(&posted, "x-giothong-signature");
    assert!(gateway::is_signed(
        "sesame",
        app.app.now(),
        &posted.body,
        proof
    ));
    let receipt = json!({"receipts": [{"reference": id, "status": "delivered"}]});
    let path = "/gateway/receipts";
    let unsigned = app.stranger().post(path, receipt.clone()).await;
    unsigned.refused("receipt-unsigned");
    let other = json!({"receipts": []});
    let forged = signed(&app, &other).post(path, receipt.clone()).await;
    forged.refused("receipt-unsigned");
    let kept = signed(&app, &receipt).post(path, receipt).await;
    kept.expect(204);
    let seen = states(&app, id).await;
    assert_eq!(
        seen.last().unwrap(),
        &("delivered".to_owned(), Some("gateway"))
    );
    let failed = json!({"receipts": [{"reference": id, "status": "failed"}]});
    signed(&app, &failed).post(path, failed).await.expect(204);
    assert_eq!(fate(&app, id).await.0, "dead");
    let unknown = json!({"receipts": [{"reference": hoa.id(), "status": "failed"}]});
    signed(&app, &unknown).post(path, unknown).await.expect(204);
}

#[actix_web::test]
async fn stop_by_sms_stops_every_way_but_codes() {
    let app = TestApp::with(with_gateway).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    contact(&app, hoa.id(), "phone", "+84912345678").await;
    let stop = json!({"stops": ["0912345678", "no number"]});
    let stopped = signed(&app, &stop).post("/gateway/receipts", stop).await;
    stopped.expect(204);
    for purpose in [Purpose::Booking, Purpose::Call, Purpose::Reminder] {
        let id = tell(&app, hoa.id(), purpose).await;
        send(&app).await;
        super::is_refused(&app, id, "stopped").await;
    }
    let code = tell(&app, hoa.id(), Purpose::Code).await;
    send(&app).await;
    left_by(&app, code, "mail").await;
    let shown = hoa.get("/me/messages").await.ok();
    let refused = &shown["items"].as_array().unwrap()[1];
    assert_eq!(refused["state"], "not_sent");
    assert!(refused["reason"].as_str().unwrap().contains("ngừng"));
}

#[actix_web::test]
async fn a_code_asked_for_by_number_comes_by_sms() {
    let app = TestApp::with(with_gateway).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    contact(&app, hoa.id(), "phone", "+84912345678").await;
    let asked = json!({"contact": "0912 345 678"});
    app.stranger()
        .post("/sign-in-codes", asked)
        .await
        .expect(202);
    app.run_jobs().await;
    let posted = app.app.net.posted().remove(0);
    let said: Value = serde_json::from_slice(&posted.body).unwrap();
    assert_eq!(said["template_id"], "T-sign-in-code");
    assert_eq!(said["data"]["code"].as_str().unwrap().len(), 6);
    assert!(app.mails().is_empty(), "not to the other address");
}

#[actix_web::test]
async fn a_call_rings_first_and_what_is_wished_comes_before_all() {
    let app = TestApp::with(with_gateway).await;
    let hoa = app
        .ready_donor(
            "Nguyễn Thị Hoa",
            crate::support::Ready::of(giothong::blood::BloodGroup::OPositive),
        )
        .await;
    contact(&app, hoa, "phone", "+84912345678").await;
    let call = tell(&app, hoa, Purpose::Call).await;
    let booking = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, call, "gateway").await;
    left_by(&app, booking, "mail").await;
    let actor = app.signed_in(hoa).await;
    let wish = json!({"channel": "gateway", "nights": false, "time_zone": null});
    actor.put("/me/contact-wishes", wish.clone()).await.ok();
    let kept = actor.get("/me/contact-wishes").await.ok();
    for (field, said) in wish.as_object().unwrap() {
        assert_eq!(&kept[field], said);
    }
    let wished = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, wished, "gateway").await;
    let quiet = json!({"channel": "inbox", "nights": false, "time_zone": null});
    actor.put("/me/contact-wishes", quiet).await.ok();
    let kept = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, kept, "inbox").await;
    let zone = json!({"channel": null, "nights": false, "time_zone": "Mars/Base"});
    actor
        .put("/me/contact-wishes", zone)
        .await
        .invalid(&["time_zone"]);
    let relay = json!({"channel": "relay", "nights": false, "time_zone": null});
    actor
        .put("/me/contact-wishes", relay)
        .await
        .invalid(&["channel"]);
}

#[actix_web::test]
async fn what_costs_more_than_a_message_may_is_no_way_and_the_days_money_ends() {
    let app = TestApp::with(|settings| {
        with_gateway(settings);
        settings.gateway.most_per_message = 500;
        settings.gateway.cost_per_day = 1000;
    })
    .await;
    let hoa = app
        .ready_donor(
            "Nguyễn Thị Hoa",
            crate::support::Ready::of(giothong::blood::BloodGroup::OPositive),
        )
        .await;
    contact(&app, hoa, "phone", "+84912345678").await;
    let dear = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    left_by(&app, dear, "mail").await;
    without_contacts(&app, hoa).await;
    contact(&app, hoa, "phone", "+84912345678").await;
    // Bookings may use 850 of the 1,000 dong: two messages of 400.
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(tell(&app, hoa, Purpose::Booking).await);
    }
    send(&app).await;
    let mut left = 0;
    for id in &ids {
        left += usize::from(fate(&app, *id).await.0 == "sent");
    }
    assert_eq!((left, app.app.net.posted().len()), (2, 2));
    app.forward(TimeDelta::days(1));
    send(&app).await;
    assert_eq!(
        app.app.net.posted().len(),
        3,
        "tomorrow there is money again"
    );
}

#[actix_web::test]
async fn reminders_leave_room_for_codes() {
    let app = TestApp::with(|settings| settings.mail.per_day = 10).await;
    let mut ids = Vec::new();
    for number in 0..12 {
        let group = giothong::blood::BloodGroup::OPositive;
        let name = format!("Người Số {number}");
        let person = app
            .ready_donor(&name, crate::support::Ready::of(group))
            .await;
        ids.push(tell(&app, person, Purpose::Reminder).await);
    }
    send(&app).await;
    assert_eq!(app.mails().len(), 7, "70 of 100");
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    for _ in 0..4 {
        tell(&app, hoa.id(), Purpose::Code).await;
    }
    send(&app).await;
    assert_eq!(app.mails().len(), 10, "codes may use all of it");
    app.forward(TimeDelta::days(1));
    send(&app).await;
    assert_eq!(app.mails().len(), 16, "nothing was lost");
}

/// Which ways there are for somebody, and which of them are open.
async fn offered(actor: &Actor) -> Vec<(String, bool)> {
    let shown = actor.get("/me/contact-wishes").await.ok();
    let ways = shown["ways"].as_array().unwrap().iter();
    let way = |way: &Value| {
        let channel = way["channel"].as_str().unwrap().to_owned();
        (channel, way["is_open"].as_bool().unwrap())
    };
    ways.map(way).collect()
}

fn ways<const N: usize>(named: [(&str, bool); N]) -> Vec<(String, bool)> {
    named
        .map(|(channel, is_open)| (channel.to_owned(), is_open))
        .to_vec()
}

#[actix_web::test]
async fn one_sees_which_ways_there_are_and_which_of_them_reach_oneself() {
    let app = TestApp::with(with_gateway).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let all = |phone| {
        ways([
            ("push", false),
            ("mail", true),
            ("gateway", phone),
            ("relay", false),
        ])
    };
    assert_eq!(offered(&hoa).await, all(false));
    contact(&app, hoa.id(), "phone", "+84912345678").await;
    assert_eq!(offered(&hoa).await, all(true));
    let shown = hoa.get("/me/contact-wishes").await.ok();
    assert_eq!(
        (&shown["quiet_from"], &shown["quiet_to"]),
        (&json!(21), &json!(7))
    );

    let plain = TestApp::new().await;
    let nam = plain.donor("Lê Văn Nam").await;
    without_contacts(&plain, nam.id()).await;
    let club = plain.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let closed = ways([("push", false), ("mail", false), ("relay", false)]);
    assert_eq!(offered(&nam).await, closed);
    let hai = super::relay::member(&plain, club, "Trần Văn Hải").await;
    let hai = plain.signed_in(hai).await;
    let led = ways([("push", false), ("mail", true), ("relay", true)]);
    assert_eq!(offered(&hai).await, led);
}
