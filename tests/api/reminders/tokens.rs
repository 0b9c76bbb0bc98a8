//! Links in messages: each for one message, one purpose and a time; used ones say so kindly, and so do those that are over.
use super::{FORM, due, link_in, today};
use crate::support::{Actor, TestApp, drive_plan};
use actix_web::http::Method;
use chrono::TimeDelta;

const DEAD: &str = "không còn dùng được";

/// Mai and Lan, each with a reminder, and with word of a place tomorrow.
struct Two {
    app: TestApp,
    stranger: Actor,
    reminders: [String; 2],
}

async fn two() -> Two {
    let app = TestApp::new().await;
    let province = app.body("province", "Hà Nội", None).await;
    let coordinator = app.coordinator(province).await;
    app.open_drive(&coordinator, drive_plan(province)).await;
    due(&app, "Nguyễn Mai", today()).await;
    due(&app, "Lê Lan", today()).await;
    app.run_jobs().await;
    let text = |email: &str| app.mails_to(email).remove(0).text;
    Two {
        reminders: [text("nguyenmai@example.vn"), text("lelan@example.vn")],
        stranger: app.stranger(),
        app,
    }
}

/// The proof of one link under the message of another.
fn forged(one: &str, other: &str) -> String {
    let id = one.split_once('.').unwrap().0;
    format!("{id}.{}", other.split_once('.').unwrap().1)
}

impl Two {
    fn link(&self, of: usize, page: &str) -> String {
        link_in(&self.reminders[of], page)
    }

    async fn open(&self, link: &str) -> String {
        let page = self.stranger.get(link).await;
        assert_eq!(page.status, 200);
        page.text()
    }

    async fn press(&self, link: &str, form: &str) -> String {
        let page = self.stranger.raw(Method::POST, link, FORM, form.to_owned());
        let page = page.await;
        assert_eq!(page.status, 200);
        page.text()
    }
}

#[actix_web::test]
async fn the_proof_of_one_message_opens_no_other() {
    let two = two().await;
    for (page, form) in [
        ("r", "act=later"),
        ("g", "on=2026-04-20&act=yes"),
        ("u", "List-Unsubscribe=One-Click"),
    ] {
        let link = forged(&two.link(0, page), &two.link(1, page));
        assert!(two.open(&link).await.contains(DEAD), "{page}");
        assert!(two.press(&link, form).await.contains(DEAD), "{page}");
        assert!(!two.open(&two.link(0, page)).await.contains(DEAD));
    }
}

#[actix_web::test]
async fn a_gift_elsewhere_is_told_once_and_the_link_says_so_kindly() {
    let two = two().await;
    let link = two.link(0, "g");
    assert!(two.open(&link).await.contains("name=\"on\""));
    let told = two.press(&link, "on=2026-04-20&act=yes").await;
    assert!(told.contains("Cảm ơn bạn! Chúng tôi đã ghi nhận"), "{told}");
    for page in [
        two.open(&link).await,
        two.press(&link, "on=2026-04-21&act=yes").await,
    ] {
        assert!(page.contains("qua liên kết này rồi. Cảm ơn bạn!"), "{page}");
        assert!(!page.contains("name=\"on\""), "nothing left to fill in");
    }
    let other = two.open(&two.link(1, "g")).await;
    assert!(other.contains("name=\"on\""), "Lan's link is her own");
}

#[actix_web::test]
async fn links_that_act_are_over_after_two_months_and_stopping_never_is() {
    let two = two().await;
    two.app.forward(TimeDelta::days(7 + 60));
    assert!(!two.open(&two.link(0, "g")).await.contains(DEAD));
    two.app.forward(TimeDelta::days(1));
    for (page, form) in [("r", "act=later"), ("g", "on=2026-04-20&act=yes")] {
        let link = two.link(0, page);
        assert!(two.open(&link).await.contains(DEAD), "{page}");
        assert!(two.press(&link, form).await.contains(DEAD), "{page}");
    }
    two.app.forward(TimeDelta::days(1000));
    let stop = two.link(0, "u");
    let stopped = two.press(&stop, "List-Unsubscribe=One-Click").await;
    assert!(stopped.contains("Đã ngừng"));
}

#[actix_web::test]
async fn who_puts_it_off_twice_is_asked_twice_a_month_apart() {
    let two = two().await;
    let count = || two.app.mails_to("nguyenmai@example.vn").len();
    let mut link = two.link(0, "r");
    for month in 1..=3 {
        let said = two.press(&link, "act=later").await;
        assert!(said.contains("sẽ nhắc bạn một lần"), "{said}");
        for _ in 0..31 {
            two.app.forward(TimeDelta::days(1));
            two.app.run_jobs().await;
        }
        assert_eq!(count(), 1 + month);
        let mail = two.app.mails_to("nguyenmai@example.vn").pop().unwrap();
        link = link_in(&mail.text, "r");
    }
}

#[actix_web::test]
async fn the_link_of_a_place_serves_its_message_only_and_thanks_who_used_it() {
    let two = two().await;
    let drives = two.stranger.get("/drives").await.ok();
    let drive = drives["items"][0]["id"].as_str().unwrap().to_owned();
    let slots = two
        .stranger
        .get(&format!("/drives/{drive}/slots"))
        .await
        .ok();
    let slot = slots["items"][0]["id"].as_str().unwrap().to_owned();
    for at in 0..2 {
        let form = format!("slot={slot}");
        let booked = two.press(&two.link(at, "r"), &form).await;
        assert!(booked.contains("Bạn đã có chỗ"), "{booked}");
    }
    two.app.forward(TimeDelta::days(6) + TimeDelta::hours(9));
    two.app.run_jobs().await;
    let eve = |email: &str| {
        let mails = two.app.mails_to(email).into_iter();
        let mut eves = mails.filter(|mail| mail.subject.starts_with("Ngày mai"));
        link_in(&eves.next().unwrap().text, "k")
    };
    let (mai, lan) = (eve("nguyenmai@example.vn"), eve("lelan@example.vn"));
    let wrong = forged(&mai, &lan);
    assert!(two.open(&wrong).await.contains(DEAD));
    assert!(two.press(&wrong, "act=give-up").await.contains(DEAD));
    for page in ["r", "g", "u"] {
        let other = mai.replace("//k/", &format!("//{page}/"));
        assert!(two.open(&other).await.contains(DEAD), "{page}");
    }
    let given = two.press(&mai, "act=give-up").await;
    assert!(given.contains("Cảm ơn bạn đã báo"), "{given}");
    for again in [
        two.open(&mai).await,
        two.press(&mai, "act=give-up").await,
        two.press(&mai, "act=keep").await,
    ] {
        assert!(again.contains("Cảm ơn bạn đã báo"), "{again}");
        assert!(!again.contains("name=\"act\""), "no button is left");
    }
    assert!(
        two.open(&lan).await.contains("name=\"act\""),
        "Lan's place stays"
    );
    two.app.forward(TimeDelta::days(2));
    let over = two.press(&lan, "act=give-up").await;
    assert!(over.contains("đã qua. Cảm ơn bạn!"), "{over}");
}
