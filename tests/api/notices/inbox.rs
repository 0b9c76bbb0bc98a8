//! One's own list: what was sent, what was not, how many wait, and what happened to each.
use super::{send, states, tell, without_contacts};
use crate::support::TestApp;
use giothong::platform::notices::Purpose;
use serde_json::json;

#[actix_web::test]
async fn everything_stands_in_ones_own_list_whatever_way_it_took() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    without_contacts(&app, hoa.id()).await;
    let reminder = tell(&app, hoa.id(), Purpose::Reminder).await;
    let silent = tell(&app, hoa.id(), Purpose::Thanks).await;
    send(&app).await;
    let list = hoa.get("/me/messages").await.ok();
    let items = list["items"].as_array().unwrap();
    let find = |id: &str| items.iter().find(|item| item["id"] == id).unwrap();
    let thanks = find(&silent.to_string());
    assert_eq!(
        (&thanks["state"], &thanks["channel"]),
        (&json!("sent"), &json!("inbox"))
    );
    assert_eq!(thanks["title"], "Chào bạn");
    assert_eq!(thanks["body"], "Hẹn gặp.");
    assert_eq!(thanks["sender"], "Câu lạc bộ Thử");
    assert!(thanks["code"].as_str().unwrap().contains('-'));
    let refused = find(&reminder.to_string());
    assert_eq!(refused["state"], "not_sent");
    assert_eq!(refused["reason"], "Bạn không đồng ý nhận loại tin này.");
    assert_eq!(
        (&refused["code"], &refused["sender"]),
        (&json!(null), &json!(null))
    );
}

#[actix_web::test]
async fn what_waits_to_be_read_is_counted_until_it_was() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    for _ in 0..2 {
        tell(&app, hoa.id(), Purpose::Booking).await;
    }
    send(&app).await;
    assert_eq!(hoa.get("/me/messages/unread").await.ok()["unread"], 2);
    let seen = hoa.get("/me/messages").await.ok()["items"][0]["sent_at"].clone();
    app.forward(chrono::TimeDelta::minutes(1));
    tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    let until = json!({ "until": seen });
    hoa.put("/me/messages/read", until).await.expect(204);
    assert_eq!(hoa.get("/me/messages/unread").await.ok()["unread"], 1);
    let other = app.donor("Lê Nam").await;
    assert_eq!(other.get("/me/messages/unread").await.ok()["unread"], 0);
}

#[actix_web::test]
async fn an_administrator_sees_what_happened_to_a_message_without_whose_it_is() {
    let app = TestApp::new().await;
    let nation = app.body("national", "Việt Nam", None).await;
    let admin = app.admin(nation).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    app.app.mailer.fail_next(1);
    let id = tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    super::send_later(&app).await;
    let path = format!("/notices/{id}/changes");
    let seen = admin.get(&path).await.ok();
    let states: Vec<&str> = seen["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["sending", "failed", "sending", "sent"]);
    assert!(!seen.to_string().contains('@'));
    hoa.get(&path).await.refused("forbidden");
    let none = format!("/notices/{}/changes", hoa.id());
    admin.get(&none).await.refused("not-found");
}

#[actix_web::test]
async fn who_leaves_takes_their_messages_along() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let id = tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    hoa.delete("/me").await.expect(204);
    let kept: (Option<String>, Option<giothong::platform::db::Json>) = app
        .rows(move |conn| {
            use diesel::prelude::*;
            use giothong::platform::db::schema::notices;
            notices::table
                .find(id)
                .select((notices::code, notices::said))
                .first(conn)
        })
        .await;
    assert_eq!(kept, (None, None));
    assert_eq!(
        states(&app, id).await.len(),
        2,
        "that something was sent stays"
    );
}
