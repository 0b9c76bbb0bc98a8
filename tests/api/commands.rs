//! What an operator meets at the command line: the real binary, in an empty folder.
use crate::support::Fresh;
use crate::support::binary::{Desk, Outcome, Served, closed_port, get, outcome};
use chrono::NaiveDate;
use diesel::prelude::*;
use giothong::platform::clock::Moment;
use giothong::platform::db::schema::{jobs, organisations};
use giothong::platform::db::{Db, Json};
use giothong::platform::id::AnyId;
use giothong::platform::problem::Problem;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

const URL: &str = "GIOTHONG__DATABASE__URL";

#[test]
fn a_mistyped_database_is_an_error_and_not_a_new_file() {
    let desk = Desk::ready();
    for task in ["serve", "check"] {
        desk.run_with(&[task], URL, "sqlite:data/giothnog.db")
            .failed("there is no database file data/giothnog.db");
    }
    assert!(!desk.file("data/giothnog.db").exists());
    for odd in [
        "postgre://localhost/x",
        "data/giothong.db",
        "sqlite:",
        "sqlite:a?mode=rwc",
    ] {
        desk.run_with(&["migrate"], URL, odd)
            .failed("the database URL must be");
    }
}

#[test]
fn migrating_makes_tables_and_keys_once() {
    let desk = Desk::ready();
    let keys = desk.file("data/keys.toml");
    let mode = fs::metadata(&keys).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let first = fs::read(&keys).unwrap();
    desk.run(&["migrate"]).done();
    assert_eq!(fs::read(&keys).unwrap(), first);
}

#[test]
fn a_database_is_not_served_with_other_keys_than_its_own() {
    let desk = Desk::ready();
    let keys = desk.file("data/keys.toml");
    fs::remove_file(&keys).unwrap();
    for task in ["serve", "migrate"] {
        desk.run(&[task]).failed("there is no key file");
    }
    assert!(!keys.exists(), "no new keys for an old database");
    fs::copy(Desk::ready().file("data/keys.toml"), &keys).unwrap();
    for task in ["serve", "migrate", "check"] {
        desk.run(&[task])
            .failed("not the ones this database was filled with");
    }
}

#[test]
fn serving_makes_nothing_by_itself() {
    let desk = Desk::new();
    desk.run(&["serve"]).failed("`giothong migrate` makes one");
    assert_eq!(fs::read_dir(desk.file("")).unwrap().count(), 0);
}

#[test]
fn a_check_shows_the_settings_without_secrets_and_asks_everything_they_name() {
    let desk = Desk::ready();
    let words = desk
        .run_with(&["check"], "GIOTHONG__MAIL__PASSWORD", "sesame")
        .done();
    assert!(words.contains("password = \"***\"") && !words.contains("sesame"));
    assert!(
        words.contains("sqlite answers, tables up to date"),
        "{words}"
    );
    let nobody = closed_port();
    let words = outcome(
        desk.command(&["check"])
            .env("GIOTHONG__MAIL__TRANSPORT", "smtp")
            .env("GIOTHONG__MAIL__PORT", nobody.to_string()),
    )
    .failed("1 of 3 failed");
    assert!(words.contains("mail: FAILED"), "{words}");
    Desk::new().run(&["check"]).failed("2 of 3 failed");
}

#[test]
fn an_unknown_setting_or_environment_is_an_error() {
    let desk = Desk::new();
    desk.run_with(&["check"], "GIOTHONG__MAIL__HOTS", "x")
        .failed("the settings cannot be read");
    desk.run(&["--environment", "staging", "check"])
        .failed("no such environment: staging");
    desk.run(&["--config", "missing.toml", "check"])
        .failed("there is no settings file missing.toml");
    desk.run(&["--environment", "production", "check"])
        .failed("production needs an https site.public_url");
}

#[test]
fn a_backup_comes_back_whole() {
    let desk = Desk::ready();
    let words = desk.run(&["backup", "copy.db"]).done();
    assert!(words.contains("The keys are not in it"), "{words}");
    let mode = fs::metadata(desk.file("copy.db"))
        .unwrap()
        .permissions()
        .mode()
        & 0o777;
    assert_eq!(mode, 0o600);
    desk.run(&["backup", "copy.db"])
        .failed("copy.db is there already");
    desk.run(&["restore", "copy.db"])
        .failed("data/giothong.db is there already");
    for file in fs::read_dir(desk.file("data")).unwrap() {
        let file = file.unwrap().path();
        if file.file_name().unwrap() != "keys.toml" {
            fs::remove_file(file).unwrap();
        }
    }
    desk.run(&["restore", "copy.db"]).done();
    assert_eq!(names(&desk.file("data")), ["giothong.db", "keys.toml"]);
    desk.run(&["check"]).done();
}

#[test]
fn a_damaged_foreign_or_missing_copy_is_not_brought_back() {
    let desk = Desk::ready();
    desk.run(&["backup", "copy.db"]).done();
    let other = Desk::new();
    fs::create_dir(other.file("data")).unwrap();
    let copy = desk.file("copy.db");
    let copy = copy.to_str().unwrap();
    other.run(&["restore", copy]).failed("there is no key file");
    fs::copy(
        Desk::ready().file("data/keys.toml"),
        other.file("data/keys.toml"),
    )
    .unwrap();
    other
        .run(&["restore", copy])
        .failed("not the ones this database was filled with");
    fs::copy(desk.file("data/keys.toml"), other.file("data/keys.toml")).unwrap();
    let whole = fs::read(copy).unwrap();
    let (head, _) = whole.split_at(whole.len() / 2);
    for (name, content) in [
        ("half.db", head),
        ("text.db", b"no database at all, only text"),
    ] {
        fs::write(other.file(name), content).unwrap();
        assert!(!other.run(&["restore", name]).is_done, "{name}");
    }
    assert!(!other.run(&["restore", "missing.db"]).is_done);
    assert_eq!(names(&other.file("data")), ["keys.toml"]);
    other.run(&["restore", copy]).done();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn postgresql_is_left_to_its_own_tools() {
    let desk = Desk::new();
    let url = "postgres://nobody@127.0.0.1:1/none";
    desk.run_with(&["backup", "copy.db"], URL, url)
        .failed("pg_dump");
    desk.run_with(&["restore", "copy.db"], URL, url)
        .failed("pg_restore");
}

#[test]
fn only_a_whole_sqlite_file_moves_and_only_to_postgresql() {
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let desk = Desk::ready();
    desk.run(&["transfer", "sqlite:data/other.db"])
        .failed("it goes to PostgreSQL");
    desk.run(&["transfer", "other.db"])
        .failed("must be postgres://");
    desk.run_with(&["transfer", nowhere], URL, nowhere)
        .failed("name a PostgreSQL database already");
    fs::remove_file(desk.file("data/keys.toml")).unwrap();
    desk.run(&["transfer", nowhere])
        .failed("there is no key file");
    Desk::new()
        .run(&["transfer", nowhere])
        .failed("there is no database file");
}

/// What a body and a job are made of: every kind of value there is.
type Kept = (
    Vec<(String, Option<f64>, Option<NaiveDate>, bool, Moment)>,
    Vec<(AnyId, String, Json)>,
);

async fn kept(db: &Db) -> Kept {
    db.read(|conn| {
        let bodies = organisations::table
            .order(organisations::name)
            .select((
                organisations::name,
                organisations::latitude,
                organisations::valid_from,
                organisations::is_trusted,
                organisations::created_at,
            ))
            .load(conn)?;
        let work = jobs::table
            .order(jobs::id)
            .select((jobs::id, jobs::kind, jobs::payload))
            .load(conn)?;
        Ok::<_, Problem>((bodies, work))
    })
    .await
    .unwrap()
}

/// Needs both databases, so it is run where the tests run on PostgreSQL.
#[actix_web::test]
async fn a_club_that_grew_moves_to_postgresql_with_everything_and_signs_in_there() {
    if crate::support::server().is_none() {
        return;
    }
    let desk = Desk::ready();
    let named = "user add --name Quản_Trị --email admin@example.vn --role admin --password-stdin";
    let named: Vec<String> = named
        .split(' ')
        .map(|word| word.replace('_', " "))
        .collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    with_password(&desk, &named, "hạt gạo làng ta\n").done();
    let list = "code,kind,name,parent_code,latitude,longitude\n15,province,Lào Cai,,22.1234567890123,104.1\n\
        02647,ward,Sa Pa,15,22.33,103.84\n";
    fs::write(desk.file("units.csv"), list).unwrap();
    desk.run(&["import", "units", "units.csv", "--valid-from", "2025-07-01"])
        .done();
    let file = format!("sqlite:{}", desk.file("data/giothong.db").display());
    let served = Served::start(&desk);
    // What repeats is written down by the worker, soon after it began.
    let mut is_working = false;
    for _ in 0..500 {
        is_working = !kept(&crate::support::open(&file)).await.1.is_empty();
        if is_working {
            break;
        }
    }
    drop(served);
    let target = Fresh::new();
    let words = desk.run(&["transfer", &target.url]).done();
    assert!(words.contains("rows went from"), "{words}");
    let source = kept(&crate::support::open(&file)).await;
    assert!(source.0.len() >= 3 && is_working);
    assert_eq!(kept(&target.open()).await, source);
    desk.run(&["transfer", &target.url])
        .failed("the target is not empty");
    desk.run_with(&["check"], URL, &target.url).done();
    let revoked = ["user", "revoke", "--email", "admin@example.vn"];
    desk.run_with(&revoked, URL, &target.url).done();
    assert!(desk.run(&["user", "list"]).done().contains("Quản Trị"));
}

#[test]
fn the_description_of_the_api_can_be_printed_anywhere() {
    let words = Desk::new().run(&["openapi"]).done();
    let document: serde_json::Value = serde_json::from_str(&words).unwrap();
    assert!(document["paths"].as_object().unwrap().len() >= 2);
}

#[test]
fn asked_to_end_it_first_says_that_it_is_not_ready_and_then_ends_well() {
    let desk = Desk::ready();
    let mut served = Served::start(&desk);
    assert!(served.get("/health/ready").starts_with("HTTP/1.1 200"));
    let pid = served.child.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(sent.success());
    served.hear("no longer ready");
    assert!(served.get("/health/ready").starts_with("HTTP/1.1 503"));
    assert!(served.get("/health/live").starts_with("HTTP/1.1 200"));
    served.hear("every open request was answered");
    assert!(served.child.wait().unwrap().success());
}

#[test]
fn what_is_measured_is_told_on_its_own_port_only() {
    let desk = Desk::ready();
    let served = Served::start(&desk);
    assert!(served.get("/metrics").starts_with("HTTP/1.1 404"));
    let measured = get(served.metrics_port, "/metrics");
    for name in [
        "http_requests_total",
        "http_request_seconds_bucket",
        "queue_due",
        "database_up 1",
    ] {
        assert!(measured.contains(name), "no {name} in {measured}");
    }
}

fn with_password(desk: &Desk, arguments: &[&str], password: &str) -> Outcome {
    let mut child = desk
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(password.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    Outcome {
        is_done: output.status.success(),
        words: String::from_utf8([output.stdout, output.stderr].concat()).unwrap(),
    }
}

#[test]
fn the_operator_makes_the_first_administrator_and_takes_roles_away() {
    let desk = Desk::ready();
    let add = |role, more: &[&str], password| {
        let named = [
            "user",
            "add",
            "--name",
            "Lê Quản Trị",
            "--email",
            "admin@example.vn",
            "--role",
            role,
            "--password-stdin",
        ];
        with_password(&desk, &[&named[..], more].concat(), password)
    };
    add("king", &[], "hạt gạo làng ta\n").failed("no such role");
    add("admin", &[], "12345678\n").failed("among the most common");
    add("admin", &["--organisation", "01"], "hạt gạo làng ta\n")
        .failed("no body with this id or code");
    add("admin", &[], "hạt gạo làng ta\n").done();
    add("auditor", &[], "hạt gạo làng ta\n").done();
    let list = desk.run(&["user", "list"]).done();
    assert_eq!(list.matches("Lê Quản Trị").count(), 2, "{list}");
    desk.run(&["user", "revoke", "--email", "nobody@example.vn"])
        .failed("nobody signs in");
    let revoked = desk
        .run(&["user", "revoke", "--email", "admin@example.vn"])
        .done();
    assert!(revoked.contains("2 roles ended"), "{revoked}");
    assert!(!desk.run(&["user", "list"]).done().contains("Lê Quản Trị"));
}
