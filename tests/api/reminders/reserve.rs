//! Who stands by is reminded only while enough others of their group stay ready.
use super::{belongs, due, state, today};
use crate::support::TestApp;
use giothong::platform::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

/// Somebody of this club who may give again today and, if they pledge, stands by.
async fn member(app: &TestApp, club: OrganisationId, name: &str, words: Value) -> PersonId {
    let person = due(app, name, today()).await;
    belongs(app, person, club).await;
    let donor = app.signed_in(person).await;
    donor.put("/me/reserve", words).await.ok();
    person
}

#[actix_web::test]
async fn a_reserve_is_never_reminded_below_its_cover() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Dự Bị", None).await;
    let words = |clubs: &[OrganisationId]| json!({ "clubs": clubs, "max_km": 20, "nights": false });
    let first = member(&app, club, "Nguyễn Một", words(&[club])).await;
    let second = member(&app, club, "Lê Hai", words(&[club])).await;
    let outside = member(&app, club, "Trần Ngoài", words(&[])).await;
    let coordinator = app.coordinator(club).await;
    let page = coordinator.get("/reminders/preview").await.ok();
    let rows = page["items"].as_array().unwrap();
    let kept = rows.iter().filter(|row| row["reason"] == "kept_in_reserve");
    assert_eq!((rows.len(), kept.count()), (3, 2));
    app.run_jobs().await;
    for kept in [first, second] {
        let reason = Some("kept-in-reserve".to_owned());
        assert_eq!(state(&app, kept).await, [("dropped".to_owned(), reason)]);
    }
    assert_eq!(state(&app, outside).await, [("sent".to_owned(), None)]);
    let donor = app.signed_in(first).await;
    let messages = donor.get("/me/messages").await.ok();
    let said = messages["items"][0]["reason"].as_str().unwrap();
    assert!(said.contains("dự bị"), "{said}");
}

#[actix_web::test]
async fn a_reserve_with_enough_others_is_reminded_like_anybody() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Đủ Người", None).await;
    let words = json!({ "clubs": [club], "max_km": 20, "nights": true });
    for name in ["Nguyễn Một", "Lê Hai", "Trần Ba"] {
        member(&app, club, name, words.clone()).await;
    }
    app.run_jobs().await;
    let told = ["nguyenmot", "lehai", "tranba"].map(|name| format!("{name}@example.vn"));
    for mail in told {
        assert_eq!(app.mails_to(&mail).len(), 1, "{mail}");
    }
}
