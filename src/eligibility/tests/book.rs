//! Rule files: what comes with the program, what may be added, what is refused.
use super::{book, day, facility, national};
use crate::eligibility::{RuleBook, RuleSetError};

const NATIONAL: &str = include_str!("../../../config/eligibility/vn-2013.toml");

fn facility_with(rules: &str) -> String {
    format!(
        r#"
        [about]
        id = "strict-one"
        extends = "vn-2013"
        country = "VN"
        name = {{ vi = "Một cơ sở", en = "A facility" }}
        source = "test"
        valid_from = "2026-01-01"
        {rules}"#
    )
}

fn refused(text: &str) -> String {
    book()
        .add(text)
        .map_or_else(|refusal| refusal.to_string(), |()| "accepted".to_owned())
}

#[test]
fn the_sets_that_come_with_the_program_are_found_by_id() {
    assert_eq!(national().id(), "vn-2013");
    assert_eq!(national().name().vi, "Thông tư 26/2013/TT-BYT");
    assert_eq!(facility().id(), "facility-plasma-21");
    assert!(matches!(book().find("nowhere"), Err(RuleSetError::Unknown(id)) if id == "nowhere"));
}

#[test]
fn every_deferral_code_has_a_name_in_both_languages() {
    let rules = national();
    for code in rules.deferral_codes() {
        let name = rules.deferral_name(code).expect("a name");
        assert!(!name.vi.is_empty() && !name.en.is_empty(), "{code}");
    }
    assert_eq!(
        rules.deferral_name("tattoo").map(|name| name.vi.as_str()),
        Some("Xăm trổ trên da")
    );
    assert_eq!(rules.deferral_name("no_such_code"), None);
}

#[test]
fn the_newest_national_set_in_force_applies() {
    let mut book = book();
    let newer = NATIONAL
        .replace("\"vn-2013\"", "\"vn-2027\"")
        .replace("2014-01-01", "2027-07-01");
    book.add(&newer).expect("a newer set");
    let id_on = |on| {
        book.national_on(day(on))
            .map(|set| set.id().to_owned())
            .ok()
    };
    assert_eq!(id_on("2027-06-30").as_deref(), Some("vn-2013"));
    assert_eq!(id_on("2027-07-01").as_deref(), Some("vn-2027"));
    assert!(matches!(
        book.national_on(day("2013-12-31")),
        Err(RuleSetError::NoneInForce(_))
    ));
}

#[test]
fn another_country_has_its_own_national_set() {
    let mut book = RuleBook::compiled_in("LA").expect("a book");
    assert!(book.national_on(day("2026-01-01")).is_err());
    let theirs = NATIONAL
        .replace("\"vn-2013\"", "\"la-2020\"")
        .replace("\"VN\"", "\"LA\"");
    book.add(&theirs).expect("their set");
    assert_eq!(
        book.national_on(day("2026-01-01"))
            .map(|set| set.id().to_owned())
            .ok()
            .as_deref(),
        Some("la-2020")
    );
}

#[test]
fn nation_and_facility_apply_together_from_the_day_the_facilitys_set_holds() {
    let mut book = book();
    book.add(&facility_with("[intervals]\nwhole_blood = \"16 weeks\""))
        .expect("a facility's set");
    let id_on = |facility, on| {
        book.applying(facility, day(on))
            .map(|set| set.id().to_owned())
            .ok()
    };
    assert_eq!(id_on(None, "2026-05-01").as_deref(), Some("vn-2013"));
    assert_eq!(
        id_on(Some("strict-one"), "2025-12-31").as_deref(),
        Some("vn-2013")
    );
    assert_eq!(
        id_on(Some("strict-one"), "2026-01-01").as_deref(),
        Some("strict-one+vn-2013")
    );
    assert!(matches!(
        book.applying(Some("gone"), day("2026-01-01")),
        Err(RuleSetError::Unknown(_))
    ));
}

#[test]
fn a_facilitys_file_says_only_what_differs() {
    let mut book = book();
    book.add(&facility_with(
        "[whole_blood]\nat_least_kg.female = 45\n[deferrals.tattoo]\nwait = \"12 months\"",
    ))
    .expect("a facility's set");
    let set = book.find("strict-one").expect("the set");
    assert_eq!(set.whole_blood.at_least_kg.female, 45);
    assert_eq!(set.whole_blood.at_least_kg.male, 45);
    assert_eq!(
        set.deferral_end("tattoo", day("2026-01-01"))
            .and_then(super::super::Until::day),
        Some(day("2027-01-01"))
    );
    assert_eq!(
        set.deferral_name("tattoo"),
        national().deferral_name("tattoo")
    );
}

#[test]
fn a_facility_may_rename_but_never_loosen() {
    assert_eq!(
        refused(&facility_with(
            "[deferrals.tattoo]\nname = { vi = \"Xăm\", en = \"Ink\" }"
        )),
        "accepted"
    );
    for looser in [
        "[intervals]\nwhole_blood = \"80 days\"",
        "[age]\nfrom_years = 17",
        "[age]\nto_years = 65",
        "[age]\nlast_day = \"day_before_next_birthday\"",
        "[whole_blood]\nat_most_ml = 501",
        "[whole_blood]\nlighter = []",
        "[whole_blood]\nml_per_kg = 10",
        "[apheresis]\nlighter = [{ under_kg = 55, at_most_ml = 500 }]",
        "[whole_blood]\nhaemoglobin = [{ above_ml = 0, at_least_g_l = 120 }]",
        "[vitals]\npulse_bpm = { at_least = 50, at_most = 90 }",
        "[frequency]\nat_most = 4",
        "[frequency]\nin_days = 6",
        "[deferrals.hiv]\nwait = \"12 months\"",
        "[deferrals.flu]\nwait = \"stated\"",
    ] {
        let refusal = refused(&facility_with(looser));
        assert_eq!(
            refusal, "the rule set strict-one is looser than the one it extends",
            "{looser}"
        );
    }
}

#[test]
fn a_facility_may_be_stricter_in_everything() {
    for stricter in [
        "[age]\nfrom_years = 20\nto_years = 55",
        "[whole_blood]\nat_most_ml = 450\nlighter = [{ under_kg = 50, at_most_ml = 250 }]",
        "[whole_blood]\nhaemoglobin = [{ above_ml = 0, at_least_g_l = 125 }]",
        "[vitals]\npulse_bpm = { at_least = 60, at_most = 85 }",
        "[frequency]\nat_most = 2",
        "[intervals]\nstem_cells = \"30 days\"",
        "[deferrals.own_code]\nwait = \"3 months\"\nname = { vi = \"Riêng\", en = \"Own\" }",
    ] {
        assert_eq!(refused(&facility_with(stricter)), "accepted", "{stricter}");
    }
}

#[test]
fn an_unknown_key_or_value_is_refused_wherever_it_stands() {
    let unknown = [
        ("[age]", "[age]\nuntil_years = 60"),
        ("at_most_ml = 500\n", "at_most_ml = 500\nat_least_ml = 5\n"),
        ("[about]", "[about]\nauthor = \"x\""),
        ("[frequency]", "[frequently]"),
        ("\"12 weeks\"", "\"12 moons\""),
        ("plasma = \"2 weeks\"", "serum = \"2 weeks\""),
        ("last_day = \"birthday\"", "last_day = \"whenever\""),
        ("valid_from = \"2014-01-01\"", "valid_from = \"2014-02-30\""),
        ("under_kg = 45", "under_kg = \"45\""),
        ("from_years = 18", "from_years = -18"),
        (
            "name.en = \"Tattoo\"",
            "name.en = \"Tattoo\", name.fr = \"Tatouage\"",
        ),
    ];
    for (known, wrong) in unknown {
        assert!(NATIONAL.contains(known), "{known}");
        let text = NATIONAL
            .replace("\"vn-2013\"", "\"other\"")
            .replacen(known, wrong, 1);
        assert!(
            refused(&text).starts_with("the rule set cannot be read"),
            "{wrong}"
        );
    }
    assert!(refused("no toml").starts_with("the rule set cannot be read"));
}

/// What is right in the national file, what a slip made of it, and how the refusal ends.
const FAULTS: [(&str, &str, &str); 8] = [
    (
        "at_most_ml = 650",
        "at_most_ml = 701",
        "a volume is more than 0 and at most 700 ml",
    ),
    (
        "\"12 weeks\"",
        "\"stated\"",
        "an interval is counted, not stated",
    ),
    (
        "to_years = 60",
        "to_years = 17",
        "the ages are the wrong way round",
    ),
    (
        "at_most = 159",
        "at_most = 99",
        "a range of the vitals is the wrong way round",
    ),
    (
        "at_most = 3",
        "at_most = 0",
        "a frequency counts at least one gift and one day",
    ),
    (
        "at_most_ml = 500",
        "at_most_ml = 0",
        "a volume is more than 0 and at most 700 ml",
    ),
    (
        "tattoo =",
        "Tattoo =",
        "a deferral code is small letters, digits and underscores",
    ),
    (
        "id = \"other\"",
        "id = \"a+b\"",
        "an id is small letters, digits and dashes",
    ),
];

#[test]
fn a_set_that_nobody_could_keep_is_refused() {
    for (right, wrong, why) in FAULTS {
        let text = NATIONAL
            .replace("\"vn-2013\"", "\"other\"")
            .replacen(right, wrong, 1);
        assert!(refused(&text).ends_with(why), "{wrong}: {}", refused(&text));
    }
}

#[test]
fn a_second_set_with_one_id_and_an_unknown_base_are_refused() {
    assert_eq!(refused(NATIONAL), "there is already a rule set vn-2013");
    let orphan = facility_with("").replace("\"vn-2013\"", "\"xx-1\"");
    assert_eq!(refused(&orphan), "there is no rule set xx-1");
}
