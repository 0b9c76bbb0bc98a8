//! What a shared link to a drive opens, and the guides: pages that need no script.
use crate::support::{TestApp, Wanted};
use giothong::drives::model::DriveState;

#[actix_web::test]
async fn a_shared_link_shows_the_drive_its_places_and_the_way_to_book() {
    let app = TestApp::new().await;
    let province = app.body("province", "Hội Chữ thập đỏ Cần Thơ", None).await;
    let wanted = Wanted {
        slots: vec![5, 1],
        ..Wanted::by(province)
    };
    let drive = app.drive(wanted).await;
    let donor = app.donor("Lê Thị An").await;
    let booking = serde_json::json!({"slot": drive.slots[1]});
    donor
        .post(&drive.path("/registrations"), booking)
        .await
        .created();
    let page = app.stranger().get(&format!("//d/{}", drive.id)).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for words in [
        "<title>Hiến máu: Hành trình đỏ Cần Thơ",
        "property=\"og:title\" content=\"Hiến máu: Hành trình đỏ Cần Thơ\"",
        "property=\"og:description\" content=\"Ngày hiến: thứ Sáu, 08/05/2026, tại Nhà văn hóa. Còn 5 chỗ.",
        "property=\"og:image\" content=\"http",
        "08:00–12:00",
        "còn 5 chỗ",
        "đã kín",
        "Hội Chữ thập đỏ Cần Thơ",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(text.contains(&format!("href=\"/app/drives/{}\"", drive.id)));
    assert!(!text.contains("<script") && !text.contains("An<"));
    let english = app.stranger().with("Accept-Language", "en");
    let english = english.get(&format!("//d/{}", drive.id)).await.text();
    assert!(english.contains("5 places left"), "{english}");
}

#[actix_web::test]
async fn the_page_says_when_a_drive_is_over_or_not_there() {
    let app = TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let drive = app.drive(Wanted::by(province)).await;
    let path = format!("//d/{}", drive.id);
    app.put_state(drive.id, DriveState::Cancelled).await;
    let cancelled = app.stranger().get(&path).await;
    assert!(
        cancelled.text().contains("không diễn ra"),
        "{}",
        cancelled.text()
    );
    app.put_state(drive.id, DriveState::Draft).await;
    for path in [
        path.as_str(),
        "//d/01890000-0000-7000-8000-000000000000",
        "//d/x",
    ] {
        let gone = app.stranger().get(path).await;
        assert_eq!(gone.status, 404, "{path}");
        assert!(
            gone.text().contains("Không tìm thấy đợt hiến máu này"),
            "{path}"
        );
        assert!(gone.text().contains("href=\"/app/drives\""), "{path}");
    }
}

#[actix_web::test]
async fn every_guide_is_a_page_and_every_picture_in_it_is_there() {
    let app = TestApp::new().await;
    let list = app.stranger().get("//guide").await;
    assert_eq!(list.status, 200);
    let text = list.text();
    let kinds = text.split("href=\"/guide/").skip(1);
    for kind in kinds.map(|rest| rest.split('"').next().unwrap()) {
        let page = app.stranger().get(&format!("//guide/{kind}")).await;
        assert_eq!(page.status, 200, "{kind}");
        let text = page.text();
        assert!(
            text.contains("<article class=\"guide\"") && text.contains("<h1>"),
            "{kind}"
        );
        for picture in text.split("src=\"/guide/").skip(1) {
            let picture = picture.split('"').next().unwrap();
            let found = app.stranger().get(&format!("//guide/{picture}")).await;
            assert_eq!(found.status, 200, "{kind} shows {picture}");
        }
    }
    app.stranger()
        .get("//guide/no-such-thing")
        .await
        .refused("not-found");
}
