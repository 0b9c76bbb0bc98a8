//! Files as they come: in old encodings, cut, swollen, with macros; each is read or refused by name.
use super::{XLSX, club, counts, rows};
use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::json;
use std::io::Write;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TEXT: &str = "Họ tên;SĐT\r\nNguyễn Thị Hồng;0912345678\r\nLò Văn Mưa;0912345679\r\n";

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Danh sách").unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn plain() -> Vec<u8> {
    workbook(|sheet| {
        for (row, cells) in [["Họ tên", "SĐT"], ["Nguyễn Thị Hồng", "0912345678"]]
            .iter()
            .enumerate()
        {
            let row = u32::try_from(row).unwrap();
            sheet.write_string(row, 0, cells[0]).unwrap();
            sheet.write_string(row, 1, cells[1]).unwrap();
        }
    })
}

/// The plain workbook with one more part.
fn with_part(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(plain())).unwrap();
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).unwrap();
        if part.name().unwrap() != name {
            writer.raw_copy_file(part).unwrap();
        }
    }
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file(name, options).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn a_list_in_any_usual_encoding_reads_the_same() {
    let club = club().await;
    let wide = |write: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(write).collect::<Vec<u8>>();
    // Windows-1258 writes the tone of a letter after it.
    let old = b"Ho\xf2 t\xean;S\xd0T\r\nNguy\xea\xden Thi\xf2 H\xf4\xccng;0912345678\r\nLo\xcc V\xe3n M\xfda;0912345679\r\n";
    let files = [
        TEXT.as_bytes().to_vec(),
        [b"\xef\xbb\xbf".to_vec(), TEXT.as_bytes().to_vec()].concat(),
        [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat(),
        [b"\xfe\xff".to_vec(), wide(u16::to_be_bytes)].concat(),
        old.to_vec(),
    ];
    for bytes in files {
        let import = club.upload("roster", "text/csv", bytes).await.created();
        let read = rows(&club.lead, &import, "").await;
        assert_eq!(read[0]["name"], "Nguyễn Thị Hồng");
        assert_eq!(counts(&import), [("new".to_owned(), 2)]);
    }
}

#[actix_web::test]
async fn a_workbook_is_read_with_its_dates_and_numbers() {
    let club = club().await;
    let bytes = workbook(|sheet| {
        let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_string(0, 0, "CÂU LẠC BỘ GIỌT HỒNG").unwrap();
        for (column, heading) in (0..).zip(["TT", "Họ và tên", "", "Ngày sinh", "SĐT", "CCCD"])
        {
            sheet.write_string(3, column, heading).unwrap();
        }
        sheet.write_number(4, 0, 1).unwrap();
        sheet.write_string(4, 1, "Nguyễn Thị").unwrap();
        sheet.write_string(4, 2, "Hồng").unwrap();
        let born = rust_xlsxwriter::ExcelDateTime::from_ymd(1990, 2, 3).unwrap();
        sheet.write_datetime_with_format(4, 3, &born, &day).unwrap();
        sheet.write_number(4, 4, 912_345_678).unwrap();
        sheet.write_number(4, 5, 1_090_123_456.0).unwrap();
    });
    let import = club.upload("roster", XLSX, bytes).await.created();
    assert_eq!(
        (&import["sheet"], &import["heading_row"]),
        (&json!("Danh sách"), &json!(4))
    );
    let read = rows(&club.lead, &import, "").await;
    assert_eq!(read[0]["name"], "Nguyễn Thị Hồng");
    assert_eq!(read[0]["remarks"], json!([]));
    super::apply(&club.lead, &import).await.ok();
    assert_eq!(club.members().await[0]["birth_year"], 1990);
    let same = "Họ tên;Số căn cước\nKHÁC TÊN;\nNguyen Thi Hong;001090123456\n";
    let again = club.paste("roster", same).await.created();
    assert_eq!(
        counts(&again),
        [("new".to_owned(), 1), ("there".to_owned(), 1)]
    );
}

#[actix_web::test]
async fn a_formula_where_a_value_is_needed_is_named_by_its_cell() {
    let club = club().await;
    let bytes = workbook(|sheet| {
        for (column, heading) in (0..).zip(["TT", "Họ tên", "Năm sinh"]) {
            sheet.write_string(0, column, heading).unwrap();
        }
        sheet.write_formula(1, 0, "=ROW()-1").unwrap();
        sheet.write_string(1, 1, "Lò Thị Mây").unwrap();
        sheet.write_formula(1, 2, "=2026-36").unwrap();
    });
    let import = club.upload("roster", XLSX, bytes).await.created();
    let bad = &rows(&club.lead, &import, "&verdict=problem").await[0];
    assert_eq!(
        (&bad["sheet"], &bad["row"]),
        (&json!("Danh sách"), &json!(2))
    );
    assert_eq!(
        bad["remarks"].as_array().unwrap().len(),
        1,
        "the column of numbers is not needed"
    );
    assert_eq!(bad["remarks"][0]["column"], "C");
}

#[actix_web::test]
async fn a_zip_bomb_is_met_by_counting_and_not_by_falling_over() {
    let club = club().await;
    let texts = vec![b'a'; 33 * 1024 * 1024];
    let bomb = with_part("xl/sharedStrings.xml", &texts);
    assert!(bomb.len() < 200_000);
    let reply = club.upload("roster", XLSX, bomb).await;
    reply.refused("import-unpacks-too-large");
}

#[actix_web::test]
async fn macros_are_refused_whatever_the_file_is_called() {
    let club = club().await;
    for media in [XLSX, "application/vnd.ms-excel.sheet.macroenabled.12"] {
        let bytes = with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0");
        club.upload("roster", media, bytes)
            .await
            .refused("import-has-macros");
    }
}

#[actix_web::test]
async fn a_file_cut_in_half_is_said_to_be_broken() {
    let club = club().await;
    let whole = plain();
    let half = whole[..whole.len() / 2].to_vec();
    club.upload("roster", XLSX, half)
        .await
        .refused("import-file-broken");
    let within_a_letter = "Họ tên;SĐT\r\nNguyễn Thị Hồ".as_bytes();
    let half = within_a_letter[..within_a_letter.len() - 1].to_vec();
    club.upload("roster", "text/csv", half)
        .await
        .refused("import-file-broken");
    let odd = [
        b"\xff\xfe".to_vec(),
        TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ]
    .concat();
    let odd = odd[..odd.len() - 1].to_vec();
    club.upload("roster", "text/csv", odd)
        .await
        .refused("import-file-broken");
    let within_a_row = &TEXT[..TEXT.len() - "912345679\r\n".len() - 2];
    let import = club
        .upload("roster", "text/csv", within_a_row)
        .await
        .created();
    let cut = &rows(&club.lead, &import, "&verdict=problem").await[0];
    assert_eq!(cut["row"], 3);
    assert!(
        cut["remarks"][0]["message"]
            .as_str()
            .unwrap()
            .contains("cắt ngang")
    );
}

#[actix_web::test]
async fn too_many_columns_and_too_many_rows_are_named() {
    let club = club().await;
    let wide = format!("Họ tên;SĐT\nLò Thị Mây{}\n", ";x".repeat(1_000_000));
    let refused = club
        .upload("roster", "text/csv", wide)
        .await
        .refused("import-too-many-columns");
    assert!(refused["detail"].as_str().unwrap().contains("Dòng 2"));
    let wide = workbook(|sheet| {
        sheet.write_string(0, 0, "Họ tên").unwrap();
        sheet.write_string(4, 16_000, "x").unwrap();
    });
    let refused = club
        .upload("roster", XLSX, wide)
        .await
        .refused("import-too-many-columns");
    assert!(refused["detail"].as_str().unwrap().contains("Danh sách"));
    // The last column a spreadsheet can name is the 16,384th; this one only a forger writes.
    let sheet = br#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="BDWGN2" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#;
    let forged = with_part("xl/worksheets/sheet1.xml", sheet);
    let refused = club
        .upload("roster", XLSX, forged)
        .await
        .refused("import-too-many-columns");
    assert!(refused["detail"].as_str().unwrap().contains("Dòng 2"));
    let many = format!("Họ tên\n{}", "Lò Thị Mây\n".repeat(50_060));
    club.upload("roster", "text/csv", many)
        .await
        .refused("import-too-many-rows");
    assert_eq!(
        club.lead.get("/imports").await.ok()["items"],
        json!([]),
        "nothing half done"
    );
}

#[actix_web::test]
async fn what_is_no_list_is_told_so() {
    let club = club().await;
    for bytes in [
        b"\xd0\xcf\x11\xe0old".as_slice(),
        b"%PDF-1.7",
        b"\x89PNG\r\n",
    ] {
        club.upload("roster", "application/octet-stream", bytes)
            .await
            .refused("import-file-unknown");
    }
    club.upload("roster", "application/pdf", "x")
        .await
        .refused("unsupported-media-type");
    club.upload("roster", "text/csv", "Xin chào\n1\n")
        .await
        .refused("import-no-headings");
    club.upload("roster", "text/csv", "Họ tên;SĐT\n")
        .await
        .refused("import-no-rows");
    club.upload("roster", "text/csv", "")
        .await
        .refused("import-no-rows");
    club.upload("roster", "text/csv", vec![b'a'; 10_485_761])
        .await
        .refused("payload-too-large");
    let reply = club
        .lead
        .post("/imports", json!({"kind": "roster", "text": "Họ tên\nA\n"}))
        .await;
    reply.invalid(&["organisation"]);
    let body = json!({"kind": "results", "organisation": club.id, "text": "Họ tên\nA\n"});
    club.lead
        .post("/imports", body)
        .await
        .invalid(&["drive", "organisation"]);
    let reply = club
        .lead
        .raw(actix_web::http::Method::POST, "/imports", "text/csv", TEXT)
        .await;
    reply.invalid(&["kind", "organisation"]);
}
