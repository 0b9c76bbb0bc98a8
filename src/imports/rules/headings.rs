//! Finding the row of headings, and what each column tells, with or without accents.
use super::table::{Cell, Line, Table, letters};
use crate::imports::model::{Column, Field};
use crate::platform::fold::fold;

/// Headings stand in one of the first rows; above them stand titles.
const HEAD_ROWS: usize = 20;
/// Of a heading so much is kept to be shown.
const LONGEST_HEADING: usize = 60;
/// Rows looked at to see whether the column beside the name goes on with it.
const SAMPLE: usize = 50;

/// Where the headings stand and what they tell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::imports) struct Layout {
    /// The row of headings, as a place in the table.
    pub(in crate::imports) at: usize,
    /// Every column with a heading.
    pub(in crate::imports) columns: Vec<Column>,
    /// What is read, by the column's place.
    pub(in crate::imports) fields: Vec<(Field, u16)>,
}

impl Layout {
    /// The column that tells this.
    pub(in crate::imports) fn of(&self, field: Field) -> Option<u16> {
        let found = self.fields.iter().find(|(one, _)| *one == field);
        found.map(|(_, column)| *column)
    }
}

/// The row that names most columns, a name among them.
pub(in crate::imports) fn find(table: &Table) -> Option<Layout> {
    let rows = table.lines.iter().enumerate().take(HEAD_ROWS);
    let layouts = rows.filter_map(|(at, line)| read(at, line));
    // The first of the best: a title that happens to name something has fewer columns.
    let mut best: Option<Layout> = None;
    for layout in layouts {
        if best
            .as_ref()
            .is_none_or(|other| layout.fields.len() > other.fields.len())
        {
            best = Some(layout);
        }
    }
    best.map(|layout| with_name_beside(layout, table))
}

fn read(at: usize, line: &Line) -> Option<Layout> {
    let mut layout = Layout {
        at,
        columns: Vec::new(),
        fields: Vec::new(),
    };
    for (column, cell) in &line.cells {
        let Cell::Text(heading) = cell else { continue };
        let field = field_of(heading).filter(|field| layout.of(*field).is_none());
        layout.fields.extend(field.map(|field| (field, *column)));
        layout.columns.push(Column {
            column: letters(*column),
            heading: heading.trim().chars().take(LONGEST_HEADING).collect(),
            field,
        });
    }
    name_in_parts(&mut layout);
    let is_named = layout.of(Field::Name).is_some() || layout.of(Field::GivenName).is_some();
    is_named.then_some(layout)
}

/// "Tên" beside "Họ" is the given name; alone it is the whole one.
fn name_in_parts(layout: &mut Layout) {
    if layout.of(Field::FamilyName).is_some() {
        rename(layout, Field::Name, Field::GivenName);
    } else {
        rename(layout, Field::GivenName, Field::Name);
    }
}

fn rename(layout: &mut Layout, from: Field, to: Field) {
    if layout.of(to).is_some() {
        return;
    }
    for (field, _) in layout.fields.iter_mut().filter(|(field, _)| *field == from) {
        *field = to;
    }
    for column in &mut layout.columns {
        if column.field == Some(from) {
            column.field = Some(to);
        }
    }
}

/// One heading over two columns: what stands right of "Họ và tên" without a heading of its own is the given name.
fn with_name_beside(mut layout: Layout, table: &Table) -> Layout {
    let Some(name) = layout.of(Field::Name) else {
        return layout;
    };
    let Some(beside) = name.checked_add(1) else {
        return layout;
    };
    let has_heading = table
        .lines
        .get(layout.at)
        .is_some_and(|line| line.cell(beside).is_some());
    let sample = table.lines.iter().skip(layout.at + 1).take(SAMPLE);
    let named: Vec<&Line> = sample.filter(|line| line.cell(name).is_some()).collect();
    let goes_on = named
        .iter()
        .filter(|line| is_word(line.cell(beside)))
        .count();
    if !has_heading && goes_on * 2 > named.len() {
        rename(&mut layout, Field::Name, Field::FamilyName);
        layout.fields.push((Field::GivenName, beside));
    }
    layout
}

fn is_word(cell: Option<&Cell>) -> bool {
    matches!(cell, Some(Cell::Text(text)) if text.chars().all(|c| c.is_alphabetic() || c.is_whitespace()))
}

/// What a heading tells; none when it is not one of ours.
fn field_of(heading: &str) -> Option<Field> {
    let plain: String = fold(heading)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let words = plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.len() > LONGEST_HEADING {
        return None;
    }
    let whole = EXACT.iter().find(|(_, spellings)| has(spellings, &words));
    let part = || {
        let padded = format!(" {words} ");
        let tells = |spellings: &str| {
            spellings
                .split('|')
                .any(|spelling| padded.contains(&format!(" {spelling} ")))
        };
        PARTS.iter().find(|(_, spellings)| tells(spellings))
    };
    whole.or_else(part).map(|(field, _)| *field)
}

fn has(spellings: &str, words: &str) -> bool {
    spellings.split('|').any(|spelling| spelling == words)
}

/// Headings that say just this, folded, parted by bars.
const EXACT: [(Field, &str); 12] = [
    (
        Field::Name,
        "ten|name|nguoi hien mau|nguoi hien|thanh vien|member|donor",
    ),
    (
        Field::FamilyName,
        "ho|ho dem|ho va dem|ho va ten dem|ho ten dem|ho va chu dem|ho lot|last name|surname|family name",
    ),
    (Field::GivenName, "first name|given name"),
    (Field::BirthDate, "ns|sinh|ngay thang|dob|birthday"),
    (Field::Sex, "gt|gioi|phai|sex|gender|nam nu"),
    (
        Field::Phone,
        "dt|sdt|dtdd|so dt|tel|phone|mobile|zalo|lien he|lien lac",
    ),
    (Field::BloodGroup, "nhom|abo|nm"),
    (Field::Rhesus, "rh|rhd|rh d|yeu to rh|he rh"),
    (Field::Commune, "xa|phuong|thon|commune|ward"),
    (Field::Volume, "ml|so ml|cc|the tich|luong"),
    (Field::Outcome, "kq"),
    (Field::Note, "gc"),
];

/// Words that tell, wherever they stand in the heading; the first of the list that is met counts.
const PARTS: [(Field, &str); 24] = [
    (
        Field::ConsentReminders,
        "dong y nhac|dong y nhan nhac|consent to reminders|consent reminders",
    ),
    (
        Field::ConsentCalls,
        "dong y goi|dong y huy dong|dong y khan cap|consent to calls|consent calls",
    ),
    (Field::Consent, "dong y|phieu dong y|consent"),
    (
        Field::Until,
        "hoan den|hoan toi|den ngay|deferred until|until",
    ),
    (Field::Certificate, "chung nhan|gcn|certificate"),
    (
        Field::UnitNumber,
        "ma tui|so tui|ma tui mau|ma don vi|ma dv|ma so don vi|ma vach|barcode|unit number|unit no|din|ma so tui",
    ),
    (
        Field::GivenOn,
        "gan nhat|gan day|ngay hien|ngay hm|lan cuoi|last donation|last gift|donated on|donation date|given on|date of donation",
    ),
    (
        Field::Place,
        "noi hien|dia diem|diem hien|noi hien mau|place",
    ),
    (
        Field::Gifts,
        "so lan|tong so lan|lan hien|times|donations|number of donations",
    ),
    (
        Field::CitizenNumber,
        "cccd|cmnd|cmt|can cuoc|dinh danh|chung minh|citizen|identity|id number|id card",
    ),
    (Field::Email, "email|e mail|mail|thu dien tu"),
    (
        Field::Phone,
        "dien thoai|so dt|sdt|di dong|phone|mobile|telephone",
    ),
    (
        Field::BirthDate,
        "ngay sinh|nam sinh|thang sinh|sinh ngay|sinh nam|thang nam sinh|birth|date of birth|year of birth",
    ),
    (Field::Sex, "gioi tinh|gender|sex"),
    (Field::BloodGroup, "nhom mau|blood group|blood type"),
    (
        Field::Volume,
        "the tich|luong mau|dung tich|ml|volume|so luong mau",
    ),
    (
        Field::Component,
        "thanh phan|loai hien|component|che pham|loai mau",
    ),
    (
        Field::Outcome,
        "ket qua|outcome|result|tinh trang|trang thai",
    ),
    (
        Field::Address,
        "dia chi|address|thuong tru|noi o|cho o|que quan|tam tru",
    ),
    (Field::Commune, "xa phuong|phuong xa|xa|phuong|commune|ward"),
    (Field::Note, "ghi chu|note|notes|remark|remarks|ly do"),
    (Field::FamilyName, "ho dem|ho va ten dem|ho lot"),
    (Field::GivenName, "first name|given name"),
    (
        Field::Name,
        "ho ten|ho va ten|ten thanh vien|ten nguoi hien|hoten|full name|fullname|ten day du|member name|donor name",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: i32, cells: &[&str]) -> Line {
        let cells = (0_u16..).zip(cells);
        let filled = cells.filter(|(_, text)| !text.is_empty());
        Line {
            number,
            cells: filled
                .map(|(at, text)| (at, Cell::Text((*text).into())))
                .collect(),
            is_cut: false,
        }
    }

    fn layout(rows: &[&[&str]]) -> Option<Vec<(Field, u16)>> {
        let lines = (1..).zip(rows).map(|(number, row)| line(number, row));
        let table = Table {
            sheet: None,
            lines: lines.collect(),
        };
        find(&table).map(|layout| layout.fields)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a row a cell a line")]
    fn headings_are_known_with_accents_without_and_in_english() {
        let rows: [&[&str]; 3] = [
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "SĐT",
                "Nhóm máu",
                "Số CCCD",
                "Lần hiến gần nhất",
                "Số lần hiến",
            ],
            &[
                "TT",
                "HO TEN",
                "nam sinh",
                "Dien thoai",
                "nhom mau (ABO/Rh)",
                "CMND/CCCD",
                "Ngay hien gan nhat",
                "so lan HM",
            ],
            &[
                "No",
                "Name",
                "Date of birth",
                "Phone number",
                "Blood type",
                "Citizen ID",
                "Last donation",
                "Donations",
            ],
        ];
        for row in rows {
            let fields: Vec<Field> = layout(&[row])
                .unwrap()
                .into_iter()
                .map(|(field, _)| field)
                .collect();
            assert_eq!(
                fields,
                [
                    Field::Name,
                    Field::BirthDate,
                    Field::Phone,
                    Field::BloodGroup,
                    Field::CitizenNumber,
                    Field::GivenOn,
                    Field::Gifts
                ],
                "{row:?}"
            );
        }
    }

    #[test]
    fn a_result_list_is_known_too() {
        let row: &[&str] = &[
            "Họ tên người hiến máu",
            "Giới tính",
            "Kết quả",
            "Thể tích (ml)",
            "Mã túi máu",
            "Hoãn đến",
            "Ghi chú",
        ];
        let fields: Vec<Field> = layout(&[row])
            .unwrap()
            .into_iter()
            .map(|(field, _)| field)
            .collect();
        assert_eq!(
            fields,
            [
                Field::Name,
                Field::Sex,
                Field::Outcome,
                Field::Volume,
                Field::UnitNumber,
                Field::Until,
                Field::Note
            ]
        );
    }

    #[test]
    fn titles_above_the_headings_are_passed_over() {
        let rows: [&[&str]; 4] = [
            &["CÂU LẠC BỘ GIỌT HỒNG"],
            &["Danh sách họ tên thành viên"],
            &["STT", "Họ tên", "Điện thoại"],
            &["1", "Lò Thị Mây", "0912345678"],
        ];
        assert_eq!(
            layout(&rows),
            Some(vec![(Field::Name, 1), (Field::Phone, 2)])
        );
    }

    #[test]
    fn a_name_in_two_columns_is_one_name() {
        let rows: [&[&str]; 1] = [&["Họ đệm", "Tên", "SĐT"]];
        assert_eq!(
            layout(&rows),
            Some(vec![
                (Field::FamilyName, 0),
                (Field::GivenName, 1),
                (Field::Phone, 2)
            ])
        );
        let merged: [&[&str]; 3] = [
            &["Họ và tên", "", "SĐT"],
            &["Lò Thị", "Mây", "0912345678"],
            &["Vàng A", "Sử", "0912345679"],
        ];
        assert_eq!(
            layout(&merged),
            Some(vec![
                (Field::FamilyName, 0),
                (Field::Phone, 2),
                (Field::GivenName, 1)
            ])
        );
    }

    #[test]
    fn a_list_without_a_name_has_no_headings() {
        let rows: [&[&str]; 2] = [&["Ngày", "SĐT"], &["Lò Thị Mây", "0912345678"]];
        assert_eq!(layout(&rows), None);
    }
}
