//! A club's list, pasted: what becomes of each row, and how it is taken back.
use super::{apply, club, counts, path, rows, verdicts};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::db::schema::{contacts, gifts, import_rows, people};
use giothong::platform::http::Role;
use serde_json::json;

const LIST: &str = "DANH SÁCH THÀNH VIÊN\n\
STT\tHọ và tên\tNgày sinh\tSĐT\tNhóm máu\tLần hiến gần nhất\tGhi chú\n\
1\tLò Thị Mây\t03/02/1990\t0912 345 678\tO Rh+\t20/04/2026\tmẹ của Mưa\n\
2\tVàng A Sử\t1985\t0912.345.679\tB\t\t\n\
3\tGiàng Thị Mỷ\t\t\tAB dương\t20-12-25\t\n\
Tổng cộng: 3 người\n";

#[actix_web::test]
async fn a_pasted_list_becomes_the_clubs_list() {
    let club = club().await;
    let import = club.paste("roster", LIST).await.created();
    assert_eq!(counts(&import), [("new".to_owned(), 3)]);
    assert_eq!(import["heading_row"], 2);
    assert_eq!(
        import["columns"][1],
        json!({"column": "B", "heading": "Họ và tên", "field": "name"})
    );
    assert_eq!(import["columns"][0]["field"], json!(null));
    assert!(club.members().await.is_empty(), "a dry run makes nobody");
    let read = rows(&club.lead, &import, "").await;
    assert_eq!(read[0]["row"], 3);
    assert_eq!(read[1]["name"], "Vàng A Sử");
    assert_eq!(read[1]["remarks"][0]["field"], "birth_date");
    assert_eq!(read[1]["remarks"][1]["heading"], "Nhóm máu");
    let applied = apply(&club.lead, &import).await.ok();
    assert_eq!(applied["state"], "applied");
    let members = club.members().await;
    let seen: Vec<_> = members
        .iter()
        .map(|one| {
            (
                one["name"].as_str().unwrap(),
                one["blood_group"].clone(),
                one["may_give"].clone(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Giàng Thị Mỷ", json!("AB+"), json!(true)),
            ("Lò Thị Mây", json!("O+"), json!(false)),
            ("Vàng A Sử", json!(null), json!(true)),
        ]
    );
    assert!(members.iter().all(|one| one["claimed"] == false));
    club.app.run_jobs().await;
    assert!(
        club.app.mails().is_empty(),
        "who is only listed is not written to"
    );
}

#[actix_web::test]
async fn the_same_list_again_adds_nobody_and_the_same_import_neither() {
    let club = club().await;
    let first = club.paste("roster", LIST).await.created();
    apply(&club.lead, &first).await.ok();
    apply(&club.lead, &first).await.ok();
    let again = club.paste("roster", LIST).await.created();
    assert_eq!(again["again_of"], first["id"]);
    assert_eq!(counts(&again), [("there".to_owned(), 3)]);
    apply(&club.lead, &again).await.ok();
    // Another file that says the same is known by the people in it.
    let other = LIST.replace('\t', ";").replace("03/02/1990", "1990-02-03");
    let other = club.paste("roster", &other).await.created();
    assert_eq!(other["again_of"], json!(null));
    assert_eq!(
        counts(&other),
        [("there".to_owned(), 2), ("unsure".to_owned(), 1)]
    );
    assert_eq!(club.members().await.len(), 3);
}

#[actix_web::test]
async fn an_applied_list_is_undone_as_a_whole() {
    let club = club().await;
    let import = club.paste("roster", LIST).await.created();
    apply(&club.lead, &import).await.ok();
    let undone = club.lead.delete(&path(&import, "")).await.ok();
    assert_eq!(undone["people"], 3);
    assert_eq!(undone["memberships"], 3);
    assert_eq!(undone["donations"], 2);
    assert_eq!(undone["kept"], json!([]));
    assert_eq!(undone["import"]["state"], "undone");
    assert!(club.members().await.is_empty());
    let left = club
        .app
        .rows(|conn| {
            let people: i64 = people::table
                .filter(people::name.like("%Mây"))
                .count()
                .get_result(conn)?;
            let phones: i64 = contacts::table
                .filter(contacts::kind.eq("phone"))
                .count()
                .get_result(conn)?;
            let gifts: i64 = gifts::table.count().get_result(conn)?;
            Ok((people, phones, gifts))
        })
        .await;
    assert_eq!(left, (0, 0, 0));
    club.lead
        .delete(&path(&import, ""))
        .await
        .refused("import-over");
    apply(&club.lead, &import).await.refused("import-over");
    let again = club.paste("roster", LIST).await.created();
    assert_eq!(counts(&again), [("new".to_owned(), 3)]);
}

#[actix_web::test]
async fn whoever_was_used_since_stays_and_the_reason_is_told() {
    let club = club().await;
    let import = club.paste("roster", LIST).await.created();
    apply(&club.lead, &import).await.ok();
    let members = club.members().await;
    let may = members
        .iter()
        .find(|one| one["name"] == "Lò Thị Mây")
        .unwrap();
    let gift = json!({"component": "whole_blood", "on": "2025-01-01"});
    let person = may["id"].as_str().unwrap();
    club.lead
        .post(&format!("/people/{person}/donations"), gift)
        .await
        .created();
    let undone = club.lead.delete(&path(&import, "")).await.ok();
    assert_eq!(undone["people"], 2);
    assert_eq!(undone["kept_count"], 1);
    assert_eq!(undone["kept"][0]["row"], 3);
    assert_eq!(undone["kept"][0]["name"], "Lò Thị Mây");
    assert_eq!(
        undone["kept"][0]["reason"],
        "Người này còn lần hiến khác được ghi nhận."
    );
    assert_eq!(club.names().await, ["Lò Thị Mây"]);
    let stays = &club.members().await[0];
    assert_eq!(
        stays["may_give"], true,
        "the imported donation is taken back"
    );
}

#[actix_web::test]
async fn somebody_known_joins_the_list_instead_of_coming_twice() {
    let club = club().await;
    let known = club.app.donor("Lò Thị Mây").await;
    let yes = json!({"granted": true});
    for purpose in ["data", "club_sharing"] {
        known
            .put(&format!("/me/consents/{purpose}"), yes.clone())
            .await
            .ok();
    }
    let list = "Họ tên,Email,Ngày sinh\nLO THI MAY,lothimay@example.vn,\n";
    let import = club.paste("roster", list).await.created();
    let row = &rows(&club.lead, &import, "").await[0];
    assert_eq!(row["verdict"], "same");
    assert_eq!(row["same_as"]["name"], "L. T. Mây");
    assert_eq!(row["same_as"]["birth_year"], 1996);
    apply(&club.lead, &import).await.ok();
    let members = club.members().await;
    assert_eq!(members.len(), 1);
    assert_eq!(members[0]["id"], json!(known.id()));
    club.lead.delete(&path(&import, "")).await.ok();
    assert!(club.members().await.is_empty());
    known.get("/me").await.ok();
}

#[actix_web::test]
async fn no_list_gets_hold_of_who_keeps_to_themself() {
    let club = club().await;
    club.app.donor("Lò Thị Mây").await;
    let list = "Họ tên,Email\nLò Thị Mây,lothimay@example.vn\n";
    let import = club.paste("roster", list).await.created();
    let row = &rows(&club.lead, &import, "").await[0];
    assert_eq!(
        (&row["verdict"], &row["same_as"]),
        (&json!("problem"), &json!(null))
    );
    let said = row["remarks"][0]["message"].as_str().unwrap();
    assert!(said.contains("chưa đồng ý"), "{said}");
    club.lead
        .put(
            &path(&import, "/decisions"),
            json!({"other_problems": "skip"}),
        )
        .await
        .ok();
    apply(&club.lead, &import).await.ok();
    assert!(club.members().await.is_empty());
}

#[actix_web::test]
async fn a_history_moves_the_day_and_counts_nothing_else() {
    let club = club().await;
    let roster = club
        .paste("roster", "Họ tên\tSĐT\nLò Thị Mây\t0912345678\n")
        .await
        .created();
    apply(&club.lead, &roster).await.ok();
    let history = "Họ tên\tSĐT\tNgày hiến\tLoại hiến\tNơi hiến\n\
        Lo Thi May\t0912345678\t20/4/2026\tToàn phần\tBệnh viện tỉnh\n\
        Lò Thị Mây\t0912345678\t2025-12-01\t\t\n\
        Lò Thị Mây\t0912345678\t1/12/25\t\t\n\
        Lò Thị Mây\t0912345678\ttháng 11/2024\t\t\n\
        Lò Thị Mây\t0912345678\t\t\t\n";
    let import = club.paste("history", history).await.created();
    let read = rows(&club.lead, &import, "").await;
    assert_eq!(
        verdicts(&read),
        ["same", "same", "there", "problem", "problem"]
    );
    assert_eq!(read[3]["remarks"][0]["column"], "C");
    let skip = json!({"other_problems": "skip"});
    let decided = club.lead.put(&path(&import, "/decisions"), skip).await.ok();
    assert_eq!(decided["undecided"], 0);
    apply(&club.lead, &import).await.ok();
    assert_eq!(club.members().await[0]["may_give"], false);
    let undone = club.lead.delete(&path(&import, "")).await.ok();
    assert_eq!(
        (&undone["people"], &undone["donations"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(club.members().await[0]["may_give"], true);
}

#[actix_web::test]
async fn what_a_list_says_is_sealed_and_forgotten_when_it_has_served() {
    let club = club().await;
    let list = "Họ tên;SĐT;CCCD\nLò Thị Mây;0912345678;001090123456\n";
    let import = club.paste("roster", list).await.created();
    let kept = || async {
        club.app
            .rows(|conn| {
                import_rows::table
                    .select(import_rows::sealed)
                    .load::<Option<String>>(conn)
            })
            .await
    };
    let sealed = kept().await[0].clone().unwrap();
    assert!(sealed.starts_with("k1.") && !sealed.contains("0912345678"));
    club.app.forward(TimeDelta::days(8));
    club.app.run_jobs().await;
    assert_eq!(kept().await, [None]);
    let shown = club.lead.get(&path(&import, "")).await.ok();
    assert_eq!(shown["state"], "expired");
    apply(&club.lead, &import).await.refused("import-over");
    let second = club.paste("roster", list).await.created();
    apply(&club.lead, &second).await.ok();
    assert_eq!(kept().await, [None, None]);
}

#[actix_web::test]
async fn only_who_leads_the_club_sees_its_lists() {
    let club = club().await;
    let import = club.paste("roster", LIST).await.created();
    let other = club.app.body("club", "Câu lạc bộ Bản Mây", None).await;
    let stranger = club.app.staff("Hoàng Thị Lạ", Role::ClubLead, other).await;
    for rest in ["", "/rows"] {
        stranger
            .get(&path(&import, rest))
            .await
            .refused("not-found");
    }
    apply(&stranger, &import).await.refused("not-found");
    stranger
        .delete(&path(&import, ""))
        .await
        .refused("not-found");
    let body = json!({"kind": "roster", "organisation": club.id, "text": LIST});
    stranger
        .post("/imports", body.clone())
        .await
        .refused("not-found");
    assert_eq!(stranger.get("/imports").await.ok()["items"], json!([]));
    let donor = club.app.donor("Vàng Thị Cho").await;
    donor.post("/imports", body).await.refused("forbidden");
    donor.get("/imports").await.refused("forbidden");
    let mine = club.lead.get("/imports?state=checked").await.ok();
    assert_eq!(mine["items"][0]["id"], import["id"]);
    let dropped = club.lead.delete(&path(&import, "")).await.ok();
    assert_eq!(dropped["import"], json!(null));
    club.lead.get(&path(&import, "")).await.refused("not-found");
}

#[actix_web::test]
async fn a_consent_on_paper_is_kept_as_such() {
    let club = club().await;
    let list = "Họ tên;Email;Phiếu đồng ý;Đồng ý nhắc\n\
        Lò Thị Mây;may@example.vn;x;x\nVàng A Sử;su@example.vn;;\n";
    let import = club.paste("roster", list).await.created();
    apply(&club.lead, &import).await.ok();
    let reminded = club
        .app
        .rows(|conn| {
            use giothong::platform::db::schema::donors;
            donors::table
                .filter(donors::wants_reminders)
                .count()
                .get_result::<i64>(conn)
        })
        .await;
    assert_eq!(reminded, 1);
    let undone = club.lead.delete(&path(&import, "")).await.ok();
    assert_eq!(undone["people"], 2);
}
