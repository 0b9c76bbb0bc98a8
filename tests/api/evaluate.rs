//! Tests that take long, or need much data or the real data that is not part of the repository: run by `make evaluate` and `make endurance`.
use crate::support::TestApp;
use actix_web::http::Method;
use giothong::organisations::import::UnitList;
use giothong::platform::http::Role;
use std::path::PathBuf;
use std::time::{Duration, Instant};

pub fn data(file: &str) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
    let folder = std::env::var("GIOTHONG_DATA").expect("run by `make evaluate`");
    std::fs::read(PathBuf::from(folder).join(file)).unwrap()
}

#[actix_web::test]
#[ignore = "needs the real data"]
async fn the_whole_country_of_today_comes_in_within_five_seconds_and_once() {
    let app = TestApp::new().await;
    let mut done = Vec::new();
    for _ in 0..2 {
        let (text, shared, begun) = (data("units-vn.csv"), app.app.clone(), Instant::now());
        let list = UnitList::read(&text).unwrap();
        let stamp = move || shared.id();
        let now = app.app.now();
        let did = app
            .rows(move |conn| list.import(conn, (stamp, now), |_| ()))
            .await;
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?}",
            begun.elapsed()
        );
        done.push((did.added, did.changed, did.same));
    }
    assert_eq!(done, [(3355, 0, 0), (0, 0, 3355)]);
    let stranger = app.stranger();
    let within = |name: &str| format!("/organisations?kind=province&q={name}");
    let today = stranger.get(&within("lao%20cai")).await.ok();
    assert_eq!(today["items"].as_array().unwrap().len(), 1);
}

/// A roster of so many rows as CSV: every row another person with birth date, telephone, group and last donation.
fn large_roster(rows: u32) -> String {
    use std::fmt::Write;
    let mut text =
        String::from("STT;Họ tên;Ngày sinh;SĐT;CCCD;Nhóm máu;Lần hiến gần nhất;Địa chỉ\n");
    for row in 0..rows {
        let (year, month, day) = (1970 + row % 30, 1 + row % 12, 1 + row % 28);
        writeln!(
            text,
            "{row};Nguyễn Văn {};{day:02}/{month:02}/{year};09{:08};{:012};O+;15/{:02}/2025;Phường Sa Pa",
            word(row),
            10_000_000 + row,
            row,
            1 + row % 12,
        )
        .unwrap();
    }
    text
}

/// A name made of three syllables, for each number another one.
fn word(number: u32) -> String {
    const SYLLABLES: [&str; 40] = [
        "An", "Bình", "Chi", "Dung", "Đức", "Em", "Giang", "Hà", "Inh", "Khánh", "Lan", "Mai",
        "Nga", "Oanh", "Phúc", "Quý", "Rạng", "Sơn", "Tú", "Uyên", "Vân", "Xuân", "Yến", "Ánh",
        "Bảo", "Cúc", "Diệp", "Đào", "Gấm", "Hạnh", "Kiên", "Liên", "Minh", "Nhung", "Phong",
        "Quang", "Sang", "Thảo", "Vinh", "Ý",
    ];
    let at = |power: u32| SYLLABLES[usize::try_from(number / 40_u32.pow(power) % 40).unwrap()];
    format!("{} {} {}", at(2), at(1), at(0))
}

/// The most memory that this process had at once: the service, the list it was sent and the tests beside it.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.unwrap().trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().unwrap() / 1024
}

/// Measured without optimisation the times say nothing; `cargo test --release` holds them to their limits.
#[actix_web::test]
#[ignore = "takes its time"]
async fn fifty_thousand_rows_are_judged_within_ten_seconds_and_applied_within_twenty() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Lào Cai", None).await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, club).await;
    let path = format!("/imports?kind=roster&organisation={club}");
    let text = large_roster(50_000);
    let mut took = Vec::new();
    for (round, verdict) in [(1, "new"), (2, "there")] {
        let begun = Instant::now();
        let import = lead
            .raw(Method::POST, &path, "text/csv", text.clone())
            .await
            .created();
        let judged = begun.elapsed();
        assert_eq!(import["counts"][verdict], 50_000);
        let begun = Instant::now();
        let application = format!("/imports/{}/application", import["id"].as_str().unwrap());
        lead.post(&application, serde_json::json!({})).await.ok();
        // The worker of a served binary has the tables counted by then.
        app.run_jobs().await;
        println!(
            "round {round}: judged in {judged:?}, applied in {:?}",
            begun.elapsed()
        );
        took.push((
            judged,
            begun.elapsed(),
            import["id"].as_str().unwrap().to_owned(),
        ));
    }
    let begun = Instant::now();
    let undone = lead.delete(&format!("/imports/{}", took[0].2)).await.ok();
    println!("undone in {:?}", begun.elapsed());
    assert_eq!(undone["people"], 50_000);
    let most = peak_megabytes();
    println!("at most {most} MB");
    let is_measured = !cfg!(debug_assertions);
    assert!(!is_measured || most < 300, "{most} MB");
    for (judged, applied, _) in took {
        assert!(
            !is_measured || judged < Duration::from_secs(10),
            "{judged:?}"
        );
        assert!(
            !is_measured || applied < Duration::from_secs(20),
            "{applied:?}"
        );
    }
}

#[actix_web::test]
#[ignore = "takes minutes"]
async fn a_service_that_is_killed_ten_times_during_two_thousand_bookings_loses_and_doubles_none() {
    let rounds = crate::crash::rounds(10, 2000).await;
    assert_eq!(rounds.len(), 10);
    for round in &rounds {
        say(&format!(
            "killed after {} of 2000 acknowledged bookings; {} more were kept, none lost, none doubled",
            round.acknowledged, round.kept_unsaid
        ));
    }
}

#[actix_web::test]
#[ignore = "takes minutes"]
async fn a_year_with_five_thousand_donors_and_a_worker_that_is_killed_tells_each_once_per_return() {
    let told = crate::reminders::year::play(5000, 365).await;
    assert!(told > 5000, "only {told} returns");
    say(&format!(
        "{told} returns of 5000 donors in a year, each told of once"
    ));
}

#[expect(clippy::print_stderr, reason = "`make evaluate` shows what it saw")]
fn say(words: &str) {
    eprintln!("{words}");
}
