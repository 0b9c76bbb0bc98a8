//! Is this message ours? By its code, and what only its reader knows.
use super::{contact, send, tell};
use crate::support::TestApp;
use actix_web::http::Method;
use giothong::platform::notices::Purpose;
use serde_json::json;

const FORM: &str = "application/x-www-form-urlencoded";

/// The code at the foot of a mail.
fn code_in(text: &str) -> String {
    let foot = text.split("Mã kiểm tra thư: ").nth(1).unwrap();
    foot.split('.').next().unwrap().to_owned()
}

#[actix_web::test]
async fn every_mail_carries_a_code_that_its_reader_alone_can_check() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    contact(&app, hoa.id(), "phone", "+84912345678").await;
    tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    let mail = app.mails().remove(0);
    assert!(mail.text.contains("không bao giờ báo kết quả") && mail.html.contains("không bao giờ"));
    assert!(mail.text.contains("127.0.0.1:8080/v"), "{}", mail.text);
    let code = code_in(&mail.text);
    assert!(mail.html.contains(&code));
    let path = format!("/messages/{code}/check");
    let ask = async |part: &str| {
        let asked = json!({ "part": part });
        app.stranger().post(&path, asked).await.ok()
    };
    for part in ["678", "0912345678", "ngu", "Nguyenthihoa@example.vn"] {
        let said = ask(part).await;
        assert_eq!(said["is_ours"], true, "{part}: {said}");
        assert_eq!(said["sender"], "Câu lạc bộ Thử");
        assert_eq!(said["sent_on"], "2026-05-01");
        assert_eq!(said["purpose"], "booking");
    }
    for part in ["679", "hoa", "7"] {
        let said = ask(part).await;
        assert_eq!(said["is_ours"], false, "{part}");
        assert_eq!(said["sender"], json!(null));
    }
    let asked = json!({"part": "678"});
    let wrong = app
        .stranger()
        .post("/messages/0000-0000/check", asked)
        .await;
    assert_eq!(wrong.ok()["is_ours"], false);
}

#[actix_web::test]
async fn the_page_works_without_a_script_and_opening_it_tells_nothing() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    tell(&app, hoa.id(), Purpose::Booking).await;
    send(&app).await;
    let code = code_in(&app.mails()[0].text);
    let stranger = app.stranger();
    let page = stranger.get(&format!("//v/{code}")).await;
    assert!(page.status == 200 && page.text().contains(&code));
    assert!(!page.text().contains("Câu lạc bộ Thử") && !page.text().contains("<script"));
    assert!(stranger.get("//v").await.text().contains("name=\"part\""));
    let typed = code.to_lowercase().replace('-', "+");
    let form = format!("code={typed}&part=ngu&act=check");
    let told = stranger.raw(Method::POST, "//v", FORM, form).await;
    assert!(told.text().contains("Câu lạc bộ Thử") && told.text().contains("01/05/2026"));
    let form = format!("code={code}&part=999&act=check");
    let told = stranger.raw(Method::POST, "//v", FORM, form).await;
    assert!(told.status == 200 && told.text().contains("Không phải tin của chúng tôi"));
    let odd = stranger.get("//v/%3Cscript%3E").await;
    assert!(!odd.text().contains("<script>"));
}

#[actix_web::test]
async fn codes_cannot_be_tried_out() {
    let app = TestApp::new().await;
    let ask = async || {
        let asked = json!({"part": "678"});
        app.stranger()
            .post("/messages/K7M2-Q9TX/check", asked)
            .await
    };
    for _ in 0..10 {
        ask().await.ok();
    }
    ask().await.refused("too-many-requests");
    let page = app.stranger();
    let form = "code=K7M2-Q9TX&part=678";
    page.raw(Method::POST, "//v", FORM, form)
        .await
        .refused("too-many-requests");
}
