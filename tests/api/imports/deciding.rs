//! Rows that are unsure or wrong wait for a person.
use super::{apply, club, counts, path, rows};
use serde_json::{Value, json};

const KNOWN: &str = "Họ tên;Ngày sinh;SĐT\n\
    Lò Thị Mây;03/02/1990;0912345678\n\
    Nguyễn Văn An;01/01/1991;0912345670\n";
/// The same name and birth date under another number; a name alone; a month without a day.
const UNSURE: &str = "Họ tên;Ngày sinh;SĐT;Lần hiến gần nhất\n\
    Lò Thị Mây;03/02/1990;0987654321;\n\
    Nguyễn Văn An;;;\n\
    Vàng A Sử;;0912345679;tháng 11/2025\n";

async fn unsure() -> (super::Club, Value) {
    let club = club().await;
    let known = club.paste("roster", KNOWN).await.created();
    apply(&club.lead, &known).await.ok();
    let import = club.paste("roster", UNSURE).await.created();
    assert_eq!(counts(&import), [("unsure".to_owned(), 3)]);
    (club, import)
}

#[actix_web::test]
async fn nothing_is_applied_before_every_unsure_row_is_decided() {
    let (club, import) = unsure().await;
    let read = rows(&club.lead, &import, "&verdict=unsure").await;
    assert_eq!(read[0]["candidates"][0]["name"], "L. T. Mây");
    assert_eq!(read[2]["candidates"], json!([]));
    assert_eq!(read[2]["remarks"][0]["column"], "D");
    let refused = apply(&club.lead, &import).await.refused("import-undecided");
    assert!(refused["detail"].as_str().unwrap().contains('3'));
    let same = read[0]["candidates"][0]["person"].clone();
    let decisions = json!({
        "decisions": [
            {"row": 2, "decision": "same", "person": same},
            {"row": 3, "decision": "new"},
        ],
        "other_unsure": "new",
    });
    let decided = club
        .lead
        .put(&path(&import, "/decisions"), decisions)
        .await
        .ok();
    assert_eq!(decided["undecided"], 0);
    let (new, same, skip) = (json!(2), json!(1), json!(0));
    let counted = json!({"new": new, "same": same, "skip": skip});
    assert_eq!(decided["decided"], counted);
    let applied = apply(&club.lead, &import).await.ok();
    assert_eq!(applied["decided"], counted, "also once it is applied");
    assert_eq!(
        club.names().await,
        ["Lò Thị Mây", "Nguyễn Văn An", "Nguyễn Văn An", "Vàng A Sử"]
    );
    let members = club.members().await;
    assert_eq!(members[3]["may_give"], true, "a month is not made a day");
    // The same file again: what was decided holds.
    let again = club.paste("roster", UNSURE).await.created();
    assert_eq!(counts(&again), [("there".to_owned(), 3)]);
}

#[actix_web::test]
async fn a_decision_can_be_changed_until_the_list_is_applied() {
    let (club, import) = unsure().await;
    let path = path(&import, "/decisions");
    let all = json!({"other_unsure": "new"});
    club.lead.put(&path, all).await.ok();
    let skip =
        json!({"decisions": [{"row": 2, "decision": "skip"}, {"row": 3, "decision": "skip"}]});
    club.lead.put(&path, skip.clone()).await.ok();
    apply(&club.lead, &import).await.ok();
    assert_eq!(
        club.names().await,
        ["Lò Thị Mây", "Nguyễn Văn An", "Vàng A Sử"]
    );
    club.lead.put(&path, skip).await.refused("import-over");
}

#[actix_web::test]
async fn what_cannot_be_decided_is_named_and_nothing_of_it_is_kept() {
    let (club, import) = unsure().await;
    let path = path(&import, "/decisions");
    let good = json!({"row": 2, "decision": "new"});
    let decide = |bad: Value| club.lead.put(&path, json!({"decisions": [good, bad]}));
    decide(json!({"row": 99, "decision": "new"}))
        .await
        .invalid(&["decisions.99"]);
    let somebody = json!({"row": 3, "decision": "same", "person": club.lead.id()});
    decide(somebody).await.invalid(&["decisions.3"]);
    decide(json!({"row": 4, "decision": "same"}))
        .await
        .invalid(&["decisions.4"]);
    let read = rows(&club.lead, &import, "").await;
    assert!(read.iter().all(|row| row["decision"].is_null()));
    apply(&club.lead, &import).await.refused("import-undecided");
}

#[actix_web::test]
async fn one_bad_row_is_named_and_can_only_be_left_out() {
    let club = club().await;
    let list =
        "Họ tên;Ngày sinh;SĐT\nLò Thị Mây;31/02/1990;0912345678\nVàng A Sử;1985;0912345679\n";
    let import = club.paste("roster", list).await.created();
    assert_eq!(
        counts(&import),
        [("new".to_owned(), 1), ("problem".to_owned(), 1)]
    );
    let bad = &rows(&club.lead, &import, "&verdict=problem").await[0];
    assert_eq!(bad["row"], 2);
    let remark = &bad["remarks"][0];
    assert_eq!(
        (&remark["column"], &remark["heading"]),
        (&json!("B"), &json!("Ngày sinh"))
    );
    assert!(
        remark["message"]
            .as_str()
            .unwrap()
            .starts_with("Đây không phải là ngày.")
    );
    apply(&club.lead, &import).await.refused("import-undecided");
    assert!(club.members().await.is_empty(), "nothing half done");
    let force = json!({"decisions": [{"row": 2, "decision": "new"}]});
    club.lead
        .put(&path(&import, "/decisions"), force)
        .await
        .invalid(&["decisions.2"]);
    let skip = json!({"other_problems": "skip"});
    club.lead.put(&path(&import, "/decisions"), skip).await.ok();
    apply(&club.lead, &import).await.ok();
    assert_eq!(club.names().await, ["Vàng A Sử"]);
}
