//! The exercise book of a club: 200 rows as people keep them, with slips, becomes its list.
use super::{XLSX, apply, club, counts, path, rows};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::json;

const FAMILY: [&str; 10] = [
    "Lò", "Vàng", "Giàng", "Nguyễn", "Trần", "Hoàng", "Lý", "Sùng", "Phàn", "Đặng",
];
const MIDDLE: [&str; 5] = ["Thị", "Văn", "A", "Minh", "Thanh"];
const GIVEN: [&str; 20] = [
    "Mây", "Sử", "Mỷ", "Ước", "Hồng", "Hòa", "Bình", "Ánh", "Dũng", "Điệp", "Giang", "Hạnh",
    "Khánh", "Lan", "Mai", "Nga", "Oanh", "Phúc", "Quý", "Sơn",
];
const GROUPS: [&str; 8] = [
    "O+",
    "B Rh+",
    "A dương",
    "AB",
    "O Rh(D) âm",
    "b+",
    "nhóm A+",
    "",
];

/// The name of the person in this row of the book, from 0; every one is another person.
fn name(person: usize) -> String {
    format!(
        "{} {} {}",
        FAMILY[person % 10],
        MIDDLE[person / 10 % 5],
        GIVEN[(person / 10 + person) % 20]
    )
}

fn without_accents(name: &str) -> String {
    giothong::platform::fold::fold(name)
}

/// 200 rows: every seventh without accents, dates in five forms, rows 40 to 51 again later, five with a slip.
fn exercise_book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Vở 2026").unwrap();
    sheet.write_string(0, 0, "HỘI CHỮ THẬP ĐỎ").unwrap();
    sheet.write_string(1, 0, "DANH SÁCH CÂU LẠC BỘ").unwrap();
    for (column, heading) in (0..).zip([
        "STT",
        "Họ tên",
        "Năm sinh",
        "Điện thoại",
        "Nhóm máu",
        "Hiến gần nhất",
        "Địa chỉ",
    ]) {
        sheet.write_string(3, column, heading).unwrap();
    }
    for row in 0..200 {
        // The last twelve people are the first twelve from row 40 once more.
        let person = if row < 188 { row } else { row - 148 };
        write_row(sheet, row, person);
    }
    for (row, column, slip) in [
        (10, 2, "31/02/1990"),
        (20, 3, "09123"),
        (30, 5, "hôm qua"),
        (35, 4, "C+"),
        (60, 5, "21/11/2030"),
    ] {
        sheet.write_string(row + 4, column, slip).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn write_row(sheet: &mut Worksheet, row: usize, person: usize) {
    let at = u32::try_from(row).unwrap() + 4;
    let number = u32::try_from(person).unwrap();
    let name = name(person);
    let name = if row % 7 == 3 {
        without_accents(&name)
    } else {
        name
    };
    let (year, month, day) = (1970 + number % 30, 1 + number % 12, 1 + number % 28);
    sheet.write_number(at, 0, at - 3).unwrap();
    sheet.write_string(at, 1, name).unwrap();
    let day_format = Format::new().set_num_format("dd/mm/yyyy");
    let born = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap(),
        u8::try_from(month).unwrap(),
        u8::try_from(day).unwrap(),
    )
    .unwrap();
    match row % 5 {
        0 => sheet
            .write_string(at, 2, format!("{day:02}/{month:02}/{year}"))
            .unwrap(),
        1 => sheet
            .write_string(at, 2, format!("{day}-{month}-{:02}", year % 100))
            .unwrap(),
        2 => sheet
            .write_string(at, 2, format!("{day}.{month}.{year}"))
            .unwrap(),
        3 => sheet
            .write_string(at, 2, format!("{year}-{month:02}-{day:02}"))
            .unwrap(),
        _ => sheet
            .write_datetime_with_format(at, 2, &born, &day_format)
            .unwrap(),
    };
    let phone = 912_000_000 + number;
    if row.is_multiple_of(2) {
        sheet.write_string(at, 3, format!("0{phone}")).unwrap();
    } else {
        sheet.write_number(at, 3, phone).unwrap();
    }
    sheet.write_string(at, 4, GROUPS[person % 8]).unwrap();
    if person.is_multiple_of(3) {
        sheet.write_string(at, 5, "15/4/2026").unwrap();
    }
    sheet.write_string(at, 6, "Phường Sa Pa").unwrap();
}

#[actix_web::test]
async fn an_exercise_book_of_200_rows_becomes_a_club_once_and_can_be_taken_back() {
    let club = club().await;
    let book = exercise_book();
    let import = club.upload("roster", XLSX, book.clone()).await.created();
    let (new, repeated, problem) = (
        ("new".to_owned(), 183),
        ("repeated".to_owned(), 12),
        ("problem".to_owned(), 5),
    );
    assert_eq!(counts(&import), [new, problem, repeated]);
    assert_eq!(import["sheet"], "Vở 2026");
    assert_eq!(import["belongs_to"], "Câu lạc bộ Giọt Hồng Sa Pa");
    assert_eq!(import["decided"], json!({"new": 0, "same": 0, "skip": 0}));
    let wrong = rows(&club.lead, &import, "&verdict=problem").await;
    let named: Vec<_> = wrong
        .iter()
        .map(|row| {
            (
                row["row"].as_i64().unwrap(),
                row["remarks"][0]["column"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        named,
        [(15, "C"), (25, "D"), (35, "F"), (40, "E"), (65, "F")]
    );
    let repeats = rows(&club.lead, &import, "&verdict=repeated").await;
    assert_eq!(
        (&repeats[0]["row"], &repeats[0]["same_as"]["row"]),
        (&json!(193), &json!(45))
    );
    apply(&club.lead, &import).await.refused("import-undecided");
    club.lead
        .put(
            &path(&import, "/decisions"),
            json!({"other_problems": "skip"}),
        )
        .await
        .ok();
    apply(&club.lead, &import).await.ok();
    let members = club.members().await;
    assert_eq!(members.len(), 183);
    let may_give = members.iter().filter(|one| one["may_give"] == true).count();
    assert!((100..150).contains(&may_give), "{may_give}");
    let again = club.upload("roster", XLSX, book).await.created();
    assert_eq!(again["again_of"], import["id"]);
    let (there, problem) = (("there".to_owned(), 195), ("problem".to_owned(), 5));
    assert_eq!(counts(&again), [problem, there]);
    let undone = club.lead.delete(&path(&import, "")).await.ok();
    assert_eq!(
        (&undone["people"], &undone["kept_count"]),
        (&json!(183), &json!(0))
    );
    assert!(club.members().await.is_empty());
}
