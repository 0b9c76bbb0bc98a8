//! Reads a list of units of administration: code, kind, name, code above, degrees.
use super::OrganisationKind;
use crate::platform::text::{Coordinates, Line};
use std::collections::HashSet;
use std::fmt::{self, Display};

/// One unit of the list, checked.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::organisations) struct UnitRow {
    pub(in crate::organisations) code: String,
    pub(in crate::organisations) kind: OrganisationKind,
    pub(in crate::organisations) name: String,
    pub(in crate::organisations) parent_code: Option<String>,
    pub(in crate::organisations) place: (f64, f64),
}

/// What is wrong in a list: the line as an editor numbers it, the column by its heading.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ListFault {
    pub(in crate::organisations) line: u64,
    pub(in crate::organisations) column: &'static str,
    what: String,
}

impl Display for ListFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.what
        )
    }
}

const HEADINGS: [&str; 6] = [
    "code",
    "kind",
    "name",
    "parent_code",
    "latitude",
    "longitude",
];

/// Reads the whole list, or says what is wrong first; codes are unique and a code above stands in the list.
pub(in crate::organisations) fn read_units(text: &[u8]) -> Result<Vec<UnitRow>, ListFault> {
    let mut reader = csv::Reader::from_reader(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
    let headings = reader.headers().map_err(|error| unread(&error, 1))?;
    if !headings.iter().eq(HEADINGS) {
        let what = format!("the headings must be {}", HEADINGS.join(","));
        return Err(fault(1, "code", what));
    }
    let mut units = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unread(&error, 1))?;
        let line = record.position().map_or(1, csv::Position::line);
        units.push((line, unit(&record, line)?));
    }
    check_codes(&units)?;
    Ok(units.into_iter().map(|(_, unit)| unit).collect())
}

fn unit(record: &csv::StringRecord, line: u64) -> Result<UnitRow, ListFault> {
    let cell = |at: usize| record.get(at).unwrap_or_default().trim();
    let code = Line::parse(cell(0), 20)
        .map_err(|_unread| fault(line, "code", "needs 1 to 20 characters"))?;
    let kind = kind(cell(1)).ok_or_else(|| {
        let what = "must be province, city, ward, commune or special_zone";
        fault(line, "kind", what)
    })?;
    let name = Line::parse(cell(2), 200)
        .map_err(|_unread| fault(line, "name", "needs 1 to 200 characters"))?;
    let latitude = degrees(cell(4))
        .ok_or_else(|| fault(line, "latitude", "must be degrees, such as 21.0285"))?;
    let longitude = degrees(cell(5))
        .ok_or_else(|| fault(line, "longitude", "must be degrees, such as 105.8542"))?;
    if Coordinates::parse(latitude, 0.0).is_err() {
        return Err(fault(line, "latitude", "must be between -90 and 90"));
    }
    if Coordinates::parse(latitude, longitude).is_err() {
        return Err(fault(line, "longitude", "must be between -180 and 180"));
    }
    Ok(UnitRow {
        code: code.into(),
        kind,
        name: name.into(),
        parent_code: Some(cell(3).to_owned()).filter(|code| !code.is_empty()),
        place: (latitude, longitude),
    })
}

/// Cities stand beside provinces; wards and special zones beside communes.
fn kind(text: &str) -> Option<OrganisationKind> {
    match text {
        "province" | "city" => Some(OrganisationKind::Province),
        "ward" | "commune" | "special_zone" => Some(OrganisationKind::Commune),
        _ => None,
    }
}

fn degrees(text: &str) -> Option<f64> {
    text.parse()
        .ok()
        .filter(|degrees: &f64| degrees.is_finite())
}

fn check_codes(units: &[(u64, UnitRow)]) -> Result<(), ListFault> {
    let mut codes = HashSet::new();
    for (line, unit) in units {
        if !codes.insert(unit.code.as_str()) {
            return Err(fault(
                *line,
                "code",
                format!("{} stands here twice", unit.code),
            ));
        }
    }
    let is_top = |(_, unit): &&(u64, UnitRow)| unit.parent_code.is_none();
    let tops: HashSet<_> = units
        .iter()
        .filter(is_top)
        .map(|(_, unit)| unit.code.as_str())
        .collect();
    for (line, unit) in units {
        if let Some(above) = &unit.parent_code
            && !tops.contains(above.as_str())
        {
            let what = format!("{above} is the code of no unit at the top of this list");
            return Err(fault(*line, "parent_code", what));
        }
    }
    Ok(())
}

fn fault(line: u64, column: &'static str, what: impl Into<String>) -> ListFault {
    ListFault {
        line,
        column,
        what: what.into(),
    }
}

fn unread(error: &csv::Error, line: u64) -> ListFault {
    let line = error.position().map_or(line, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "is not UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("has {len} cells instead of {expected_len}")
        }
        _ => error.to_string(),
    };
    fault(line, "code", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "code,kind,name,parent_code,latitude,longitude\n";

    fn refused(rows: &str) -> String {
        read_units(format!("{HEAD}{rows}").as_bytes())
            .expect_err("a fault")
            .to_string()
    }

    #[test]
    fn a_list_is_read_with_its_marks_and_kinds() {
        let list = format!(
            "\u{feff}{HEAD}01,city,Hà Nội,,21.0,105.7\n00004,ward,Ba Đình,01,21.03,105.8\n"
        );
        let units = read_units(list.as_bytes()).expect("a list");
        assert_eq!(units[0].kind, OrganisationKind::Province);
        assert_eq!(
            (units[1].name.as_str(), units[1].parent_code.as_deref()),
            ("Ba Đình", Some("01"))
        );
    }

    #[test]
    fn a_bad_row_names_its_line_and_column() {
        let good = "01,city,Hà Nội,,21.0,105.7\n";
        for (row, start) in [
            ("02,town,X,,1,1\n", "line 3, column kind"),
            ("02,ward,,01,1,1\n", "line 3, column name"),
            (",ward,X,01,1,1\n", "line 3, column code"),
            (
                "01,ward,X,01,1,1\n",
                "line 3, column code: 01 stands here twice",
            ),
            ("02,ward,X,99,1,1\n", "line 3, column parent_code"),
            ("02,ward,X,02,1,1\n", "line 3, column parent_code"),
            ("02,ward,X,01,north,1\n", "line 3, column latitude"),
            ("02,ward,X,01,1,181\n", "line 3, column longitude"),
            (
                "02,ward,X,01,1\n",
                "line 3, column code: has 5 cells instead of 6",
            ),
        ] {
            let said = refused(&format!("{good}{row}"));
            assert!(said.starts_with(start), "{said}");
        }
        assert!(read_units(b"code,name\n").is_err());
        assert!(read_units(b"").is_err());
    }
}
