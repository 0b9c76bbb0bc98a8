//! The rules of the house, read off the source: who may import whom, who writes which table, how long things may be.
use super::source::{File, files, read};
use std::collections::{BTreeMap, BTreeSet};

/// The rooms from left to right. A room may import only what stands before it.
const LINE: [&str; 20] = [
    "platform",
    "blood",
    "eligibility",
    "people",
    "accounts",
    "organisations",
    "donors",
    "drives",
    "registrations",
    "donations",
    "calls",
    "reminders",
    "honours",
    "totals",
    "imports",
    "web",
    "app",
    "demo",
    "commands",
    "main",
];
/// Rooms that are no subjects: they may be shaped as they need.
const ABOVE: [&str; 6] = ["web", "app", "demo", "commands", "main", "lib"];
const LONGEST_FILE: usize = 250;
const LONGEST_HANDLER: usize = 20;
/// Functions, and modules of them: types come along with them. What only the page of routes asks for does not count.
const LARGEST_FACADE: usize = 10;
const FOR_THE_PAGE_OF_ROUTES: [&str; 5] = ["routes", "pages", "jobs", "notices", "standing"];

fn place(room: &str) -> usize {
    let place = LINE.iter().position(|other| *other == room);
    place.unwrap_or_else(|| panic!("the room {room} has no place in the line"))
}

fn is_subject(file: &File) -> bool {
    file.room != "platform" && !ABOVE.contains(&file.room.as_str())
}

#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_room_imports_only_what_stands_to_its_left() {
    let files = files();
    let rooms: BTreeSet<&str> = files.iter().map(|file| file.room.as_str()).collect();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.room != "lib") {
        for name in file.names() {
            let mut parts = name.split("::");
            let is_own = ["crate", "giothong"].contains(&parts.next().unwrap());
            let room = parts.next().filter(|room| is_own && rooms.contains(room));
            if room.is_some_and(|room| place(room) > place(&file.room)) {
                faults.push(format!("src/{} names {name}, to its right", file.path));
            }
        }
    }
    none(&faults);
}

/// What a part of a subject may never name, and what of it is allowed all the same.
const FORBIDDEN: [(&str, &[&str], &[&str]); 4] = [
    (
        "rules",
        &[
            "diesel",
            "actix_web",
            "serde_json",
            "tokio",
            "crate::platform::db",
            "crate::platform::http",
            "crate::platform::jobs",
            "crate::platform::notices",
            "crate::platform::app",
            "crate::platform::App",
            "super::store",
            "super::actions",
            "super::http",
        ],
        &["crate::platform::http::Role", "crate::platform::http::Page"],
    ),
    (
        "store",
        &["actix_web", "super::actions", "super::http"],
        &[],
    ),
    (
        "actions",
        &["actix_web", "diesel", "super::http"],
        &["diesel::QueryResult"],
    ),
    ("http", &["diesel", "crate::platform::db::schema"], &[]),
];

#[test]
fn each_part_of_a_subject_keeps_to_its_trade() {
    let mut faults = Vec::new();
    for file in files().iter().filter(|file| is_subject(file)) {
        for (part, forbidden, allowed) in FORBIDDEN {
            if file.part != part {
                continue;
            }
            for name in file.names() {
                let is = |other: &&&str| name == **other || name.starts_with(&format!("{other}::"));
                if forbidden.iter().any(|other| is(&other))
                    && !allowed.iter().any(|other| is(&other))
                {
                    faults.push(format!("src/{}: {part} may not name {name}", file.path));
                }
            }
            if part == "rules" && file.text.contains("async fn") {
                faults.push(format!("src/{}: rules do not wait", file.path));
            }
        }
        if file.part != "store" && file.names().iter().any(|name| is_query(name)) {
            faults.push(format!("src/{}: queries are the store's", file.path));
        }
    }
    none(&faults);
}

fn is_query(name: &str) -> bool {
    const ROWS: [&str; 6] = [
        "diesel::QueryResult",
        "diesel::prelude::Identifiable",
        "diesel::prelude::Insertable",
        "diesel::prelude::Queryable",
        "diesel::prelude::Selectable",
        "diesel::prelude::AsChangeset",
    ];
    name.starts_with("diesel::") && !ROWS.contains(&name)
}

/// A store may know its neighbours' tables, never their code.
#[test]
fn a_store_knows_no_other_subject() {
    let values = ["blood", "platform", "eligibility"];
    let mut faults = Vec::new();
    for file in files()
        .iter()
        .filter(|file| is_subject(file) && file.part == "store")
    {
        for name in file.names() {
            let room = name
                .strip_prefix("crate::")
                .and_then(|rest| rest.split("::").next());
            let is_foreign = room.is_some_and(|room| {
                LINE.contains(&room) && room != file.room && !values.contains(&room)
            });
            // A type is a word; a function is the neighbour's work.
            let is_type = name
                .rsplit("::")
                .next()
                .is_some_and(|last| last.starts_with(char::is_uppercase));
            if is_foreign && !is_type {
                faults.push(format!("src/{}: a store may not call {name}", file.path));
            }
        }
    }
    none(&faults);
}

fn tables() -> BTreeSet<String> {
    let schema = read("src/platform/db/schema.rs");
    let tables = schema.lines().filter(|line| line.ends_with(") {"));
    tables
        .map(|line| line.trim().split(' ').next().unwrap().to_owned())
        .collect()
}

/// Every table this file inserts into, updates or deletes from.
fn written(file: &File, tables: &BTreeSet<String>) -> BTreeSet<String> {
    const BY_DIESEL: [&str; 4] = ["insert_into(", "update(", "delete(", "replace_into("];
    const BY_TEXT: [&str; 3] = ["INSERT INTO ", "UPDATE ", "DELETE FROM "];
    let mut found = BTreeSet::new();
    for verb in BY_DIESEL.iter().chain(&BY_TEXT) {
        for (_, after) in file
            .text
            .match_indices(verb)
            .map(|(at, verb)| (at, &file.text[at + verb.len()..]))
        {
            let name = after.trim_start().trim_start_matches("schema::");
            let name: String = name
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            if tables.contains(&name) {
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn each_table_has_one_writer_and_it_is_a_store() {
    let tables = tables();
    assert!(tables.len() > 30, "the tables were not found");
    let mut writers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files() {
        for table in written(&file, &tables) {
            let may = file.part == "store" || file.room == "platform";
            if !may || file.room == "totals" {
                faults.push(format!("src/{} writes {table}", file.path));
            }
            writers.entry(table).or_default().insert(file.room.clone());
        }
    }
    for (table, rooms) in writers.iter().filter(|(_, rooms)| rooms.len() > 1) {
        faults.push(format!("{table} is written by {rooms:?}"));
    }
    none(&faults);
}

#[test]
fn no_file_is_longer_than_250_lines_without_its_tests() {
    let mut faults = Vec::new();
    for file in files() {
        let lines = file.text.lines().count();
        // The tables are one list; cutting it would help nobody.
        if lines > LONGEST_FILE && file.path != "platform/db/schema.rs" {
            faults.push(format!("src/{} has {lines} lines", file.path));
        }
    }
    none(&faults);
}

#[test]
fn no_handler_is_longer_than_20_lines() {
    const ROUTES: [&str; 6] = [
        "#[get(",
        "#[post(",
        "#[put(",
        "#[patch(",
        "#[delete(",
        "#[route(",
    ];
    let mut faults = Vec::new();
    let mut handlers = 0;
    for file in files() {
        let mut lines = file.text.lines();
        while let Some(line) = lines.next() {
            if !ROUTES.iter().any(|route| line.starts_with(route)) {
                continue;
            }
            handlers += 1;
            let body = lines
                .by_ref()
                .skip_while(|line| !line.ends_with('{'))
                .skip(1);
            let length = body.take_while(|line| *line != "}").count();
            if length > LONGEST_HANDLER {
                faults.push(format!("src/{}: {length} lines below {line}", file.path));
            }
        }
    }
    assert!(handlers > 1, "no handler was found");
    none(&faults);
}

#[test]
fn what_a_subject_shows_to_others_is_small() {
    let mut faults = Vec::new();
    let facades = files();
    for file in facades
        .iter()
        .filter(|file| is_subject(file) && file.path.ends_with("/mod.rs") && file.part == "mod")
    {
        let uses = file.text.split("pub use ").skip(1);
        let shown = uses.flat_map(|rest| {
            let list = rest.split(';').next().unwrap();
            let names = list.split([',', '{', '}']).map(str::trim);
            names.filter_map(|name| name.rsplit("::").next())
        });
        let is_function = |name: &&str| {
            name.starts_with(char::is_lowercase) && !FOR_THE_PAGE_OF_ROUTES.contains(name)
        };
        let shown: Vec<&str> = shown.collect();
        if shown.contains(&"*") {
            faults.push(format!("src/{} does not say what it shows", file.path));
        }
        let shown: Vec<&str> = shown.into_iter().filter(is_function).collect();
        if shown.len() > LARGEST_FACADE {
            faults.push(format!("src/{} shows {shown:?}", file.path));
        }
    }
    none(&faults);
}

#[test]
fn every_file_says_what_it_is_and_no_room_is_empty() {
    let mut faults = Vec::new();
    let files = files();
    for file in &files {
        if !file.text.starts_with("//! ") {
            faults.push(format!("src/{} does not say what it is", file.path));
        }
        let is_room = file.path.ends_with("/mod.rs");
        let folder = file.path.trim_end_matches("mod.rs");
        if is_room
            && files
                .iter()
                .filter(|other| other.path.starts_with(folder))
                .count()
                < 2
        {
            faults.push(format!("src/{folder} is an empty room"));
        }
    }
    none(&faults);
}

#[test]
fn every_room_is_on_the_map() {
    let map = read("docs/ARCHITECTURE.md");
    let rooms: BTreeSet<String> = files().into_iter().map(|file| file.room).collect();
    let missing: Vec<String> = rooms
        .into_iter()
        .filter(|room| !map.contains(&format!("`{room}")))
        .collect();
    none(&missing);
}
