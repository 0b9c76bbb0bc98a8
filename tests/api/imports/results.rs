//! A hospital team's result list: visits with their outcome, so that the sums of the drive move.
use super::{apply, counts, path, rows, verdicts};
use crate::support::{Actor, Arranged, Sums, TestApp, Wanted};
use giothong::drives::model::DriveState;
use giothong::platform::http::Role;
use serde_json::{Value, json};

#[expect(clippy::struct_field_names, reason = "a drive as arranged")]
struct Drive {
    app: TestApp,
    drive: Arranged,
    desk: Actor,
}

async fn drive() -> Drive {
    let app = TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let mut wanted = Wanted::by(province);
    wanted.in_days = 0;
    Drive {
        drive: app.drive(wanted).await,
        desk: app.staff("Bàn Đón", Role::DriveStaff, province).await,
        app,
    }
}

impl Drive {
    async fn paste(&self, text: &str) -> Value {
        let body = json!({"kind": "results", "drive": self.drive.id, "text": text});
        self.desk.post("/imports", body).await.created()
    }

    async fn arrived(&self, name: &str) -> Actor {
        let donor = self.app.donor(name).await;
        let body = json!({"person": donor.id()});
        self.desk
            .post(&self.drive.path("/walk-ins"), body)
            .await
            .created();
        donor
    }

    async fn sums(&self) -> Sums {
        self.app.sums(self.drive.id, None).await
    }
}

const LIST: &str = "Họ tên;Ngày sinh;SĐT;Kết quả;Thể tích (ml);Mã túi máu;Nhóm máu;Hoãn đến\n\
    Lò Thị Mây;31/01/1996;;Đã hiến;350;G1234 98 654321 H;O+;\n\
    Vàng A Sử;1/2/1985;0912345679;Đã hiến;250;26-0043;;\n\
    Giàng Thị Mỷ;2/3/1990;0912345670;Hoãn;;;;21/12/2026\n\
    Phàn Văn Về;4/5/1991;;Bỏ về;;;;\n";

#[actix_web::test]
async fn a_result_list_moves_the_sums_and_is_taken_back() {
    let drive = drive().await;
    let donor = drive.arrived("Lò Thị Mây").await;
    let before = drive.sums().await;
    let import = drive.paste(LIST).await;
    assert_eq!(
        counts(&import),
        [("new".to_owned(), 3), ("same".to_owned(), 1)]
    );
    assert_eq!(
        drive.sums().await,
        before,
        "the rehearsal leaves nothing behind"
    );
    apply(&drive.desk, &import).await.ok();
    let after = Sums {
        registered: 4,
        attended: 4,
        collected: 2,
        ml: 600,
        ml350plus: 1,
        first_time: 2,
        safe: 0,
    };
    assert_eq!(drive.sums().await, after);
    let given = donor.get("/me/donations").await.ok();
    assert_eq!(given["items"][0]["on"], "2026-05-01");
    // The same list again: everything is there.
    let again = drive.paste(LIST).await;
    assert_eq!(counts(&again), [("there".to_owned(), 4)]);
    apply(&drive.desk, &again).await.ok();
    assert_eq!(drive.sums().await, after);
    let undone = drive.desk.delete(&path(&import, "")).await.ok();
    assert_eq!(undone["donations"], 2);
    assert_eq!(undone["kept_count"], 3);
    assert_eq!(drive.sums().await, before);
    assert_eq!(donor.get("/me/donations").await.ok()["items"], json!([]));
}

#[actix_web::test]
async fn a_row_the_desk_would_refuse_is_told_beforehand() {
    let drive = drive().await;
    let list = "Họ tên;SĐT;Kết quả;Thể tích;Mã túi máu\n\
        Lò Thị Mây;0912345671;Đã hiến;350;26-0042\n\
        Vàng A Sử;0912345672;Đã hiến;350;26-0042\n\
        Sùng Thị Pà;0912345673;Đã hiến;650;\n\
        Lý Văn Không;0912345674;;;\n\
        Phàn Thị Thiếu;0912345675;Đã hiến;;\n\
        Đặng Văn Lạ;0912345676;Hoãn;350;\n";
    let import = drive.paste(list).await;
    let read = rows(&drive.desk, &import, "").await;
    assert_eq!(
        verdicts(&read),
        ["new", "problem", "problem", "problem", "problem", "problem"]
    );
    let told: Vec<_> = read[1..]
        .iter()
        .map(|row| row["remarks"][0]["column"].clone())
        .collect();
    assert_eq!(
        told,
        [
            json!(null),
            json!(null),
            json!(null),
            json!("D"),
            json!("D")
        ]
    );
    let said = read[2]["remarks"][0]["message"].as_str().unwrap();
    assert!(said.contains("500"), "{said}");
    let skip = json!({"other_problems": "skip"});
    drive
        .desk
        .put(&path(&import, "/decisions"), skip)
        .await
        .ok();
    apply(&drive.desk, &import).await.ok();
    assert_eq!(drive.sums().await.collected, 1);
}

#[actix_web::test]
async fn a_drive_whose_numbers_are_fixed_takes_no_list_and_gives_none_back() {
    let drive = drive().await;
    let list = "Họ tên;SĐT;Thể tích\nVàng A Sử;0912345672;350\n";
    let import = drive.paste(list).await;
    let early = drive.paste(list).await;
    apply(&drive.desk, &early).await.ok();
    drive
        .app
        .set_state(drive.drive.id, DriveState::Signed)
        .await;
    let refused = apply(&drive.desk, &import).await;
    assert!(
        refused.status == 422 || refused.status == 409,
        "{}",
        refused.text()
    );
    let reply = drive.desk.delete(&path(&early, "")).await;
    assert_eq!(reply.status, 409, "{}", reply.text());
    assert_eq!(drive.sums().await.collected, 1, "nothing half done");
    let late = drive
        .paste("Họ tên;SĐT;Thể tích\nLò Thị Mây;0912345673;350\n")
        .await;
    assert_eq!(counts(&late), [("problem".to_owned(), 1)]);
}

#[actix_web::test]
async fn only_who_works_on_the_drive_brings_its_results() {
    let drive = drive().await;
    let other = drive.app.body("province", "Lào Cai", None).await;
    let stranger = drive.app.staff("Người Lạ", Role::DriveStaff, other).await;
    let body = json!({"kind": "results", "drive": drive.drive.id, "text": LIST});
    stranger
        .post("/imports", body.clone())
        .await
        .refused("not-found");
    let lead = drive.app.staff("Trưởng Nhóm", Role::ClubLead, other).await;
    lead.post("/imports", body).await.refused("forbidden");
}
