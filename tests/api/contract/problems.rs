//! Every refusal has a page, words in both languages and a test; nothing else is called one.
use super::source::{paths, read};
use giothong::platform::language::{Key, Language, Phrase, say};
use std::collections::BTreeSet;

fn between<'a>(text: &'a str, before: &'a str, after: char) -> impl Iterator<Item = String> + 'a {
    text.split(before)
        .skip(1)
        .filter_map(move |rest| Some(rest.split_once(after)?.0.to_owned()))
}

fn declared() -> BTreeSet<String> {
    let mut slugs = BTreeSet::new();
    for path in paths("src", "rs") {
        let text = read(&path).replace("Kind::new(\n", "Kind::new(");
        let text = text.replace("Kind::new(        ", "Kind::new(");
        let text = text.replace("Kind::new(    ", "Kind::new(");
        slugs.extend(between(&text, "Kind::new(\"", '"'));
    }
    assert!(slugs.len() > 10, "the kinds were not found");
    slugs
}

/// The slugs of docs/PROBLEMS.md.
pub fn catalogue() -> Vec<String> {
    between(&format!("\n{}", read("docs/PROBLEMS.md")), "\n## ", '\n').collect()
}

fn differences(left: &BTreeSet<String>, right: &BTreeSet<String>) -> Vec<String> {
    left.difference(right).cloned().collect()
}

#[test]
fn the_catalogue_has_a_heading_for_each_refusal_and_no_other() {
    let headings = catalogue();
    let named: BTreeSet<String> = headings.iter().cloned().collect();
    assert_eq!(named.len(), headings.len(), "a heading stands there twice");
    let declared = declared();
    assert_eq!(differences(&declared, &named), [""; 0], "without a heading");
    assert_eq!(differences(&named, &declared), [""; 0], "declared nowhere");
}

#[test]
fn each_refusal_has_its_words_in_both_languages() {
    let mut missing = Vec::new();
    for slug in declared() {
        for part in ["title", "detail"] {
            let name = format!("problem.{slug}.{part}");
            match Key::find(&name) {
                None => missing.push(name),
                Some(key) => {
                    let [vi, en] = [Language::Vi, Language::En]
                        .map(|language| say(language, &Phrase::new(key)));
                    assert_ne!(vi, en, "{name} is the same in both languages");
                }
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn no_words_are_left_of_a_refusal_that_is_gone() {
    let messages: serde_json::Value =
        serde_json::from_str(&read("config/messages/vi.json")).unwrap();
    let worded: BTreeSet<String> = messages["problem"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(differences(&worded, &declared()), [""; 0]);
}

#[test]
fn each_refusal_is_met_by_a_test() {
    let mut tests: String = paths("tests/api", "rs")
        .iter()
        .filter(|path| !path.ends_with("contract/problems.rs"))
        .map(|path| read(path))
        .collect();
    for path in paths("src", "rs") {
        let text = read(&path);
        if let Some((_, foot)) = text.split_once("\n#[cfg(test)]\nmod tests") {
            tests.push_str(foot);
        }
    }
    let untested: Vec<String> = declared()
        .into_iter()
        .filter(|slug| !tests.contains(&format!("\"{slug}\"")))
        .collect();
    assert_eq!(untested, [""; 0], "no test meets these");
}
