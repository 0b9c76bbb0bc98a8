//! Reads the sentences of both languages, refuses any that do not match, and writes them as Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

type Sentences = BTreeMap<String, String>;

/// The Rust source of both languages, or every fault found in them.
pub(crate) fn compile(vi: &str, en: &str) -> Result<String, Vec<String>> {
    let vi = read("vi", vi).map_err(|fault| vec![fault])?;
    let en = read("en", en).map_err(|fault| vec![fault])?;
    let faults = faults(&vi, &en);
    if faults.is_empty() {
        write(&vi, &en).map_err(|fault| vec![fault.to_string()])
    } else {
        Err(faults)
    }
}

/// One value of a message file; a name given twice is an error, where `serde_json` would keep the last.
enum Node {
    Sentence(String),
    Section(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sentence or a section of sentences")
    }

    fn visit_str<E: Error>(self, sentence: &str) -> Result<Node, E> {
        Ok(Node::Sentence(sentence.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut section: Vec<(String, Node)> = Vec::new();
        while let Some((name, node)) = map.next_entry::<String, Node>()? {
            if section.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format!("\"{name}\" stands here twice")));
            }
            section.push((name, node));
        }
        Ok(Node::Section(section))
    }
}

fn read(language: &str, json: &str) -> Result<Sentences, String> {
    let root: Node =
        serde_json::from_str(json).map_err(|error| format!("{language}.json: {error}"))?;
    let mut sentences = Sentences::new();
    flatten(String::new(), root, &mut sentences);
    Ok(sentences)
}

fn flatten(key: String, node: Node, sentences: &mut Sentences) {
    match node {
        Node::Sentence(sentence) => {
            sentences.insert(key, sentence);
        }
        Node::Section(section) => {
            for (name, node) in section {
                let inner = if key.is_empty() {
                    name
                } else {
                    format!("{key}.{name}")
                };
                flatten(inner, node, sentences);
            }
        }
    }
}

fn faults(vi: &Sentences, en: &Sentences) -> Vec<String> {
    let mut faults = Vec::new();
    let mut constants = BTreeMap::new();
    for key in vi.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
        if let Some(other) = constants.insert(constant(key), key) {
            faults.push(format!(
                "\"{key}\" and \"{other}\" would have the same constant"
            ));
        }
        faults.extend(fault(key, vi.get(key), en.get(key)));
    }
    faults
}

fn fault(key: &str, vi: Option<&String>, en: Option<&String>) -> Option<String> {
    if !is_key(key) {
        return Some(format!(
            "\"{key}\" is no key: lower-case letters, digits, \"-\" and \"_\" only"
        ));
    }
    let (Some(vi), Some(en)) = (vi, en) else {
        let missing = if vi.is_none() { "vi" } else { "en" };
        return Some(format!("\"{key}\" is missing in {missing}.json"));
    };
    if vi.trim().is_empty() || en.trim().is_empty() {
        return Some(format!("\"{key}\" is empty"));
    }
    match (placeholders(vi), placeholders(en)) {
        (Some(vi), Some(en)) if vi == en => None,
        (Some(vi), Some(en)) => Some(format!(
            "\"{key}\" names {vi:?} in vi.json and {en:?} in en.json"
        )),
        _ => Some(format!("\"{key}\" has a brace that is no {{placeholder}}")),
    }
}

fn is_key(key: &str) -> bool {
    key.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    })
}

/// The names between braces, or nothing where the braces do not match.
fn placeholders(sentence: &str) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if before.contains('}') || !is_name {
            return None;
        }
        names.insert(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

fn constant(key: &str) -> String {
    key.replace(['.', '-'], "_").to_uppercase()
}

fn write(vi: &Sentences, en: &Sentences) -> Result<String, fmt::Error> {
    let mut table = String::new();
    let mut constants = String::new();
    for ((key, vi), en) in vi.iter().zip(en.values()) {
        writeln!(table, "    ({key:?}, {vi:?}, {en:?}),")?;
        let shown = en.replace('`', "'").replace('\n', " ");
        writeln!(constants, "    #[doc = {:?}]", format!("`{shown}`"))?;
        writeln!(
            constants,
            "    pub const {}: Key = Key({key:?});",
            constant(key)
        )?;
    }
    Ok(format!(
        "static SENTENCES: &[(&str, &str, &str)] = &[\n{table}];\n\n\
         /// One constant for each sentence, named like its key.\n\
         pub mod keys {{\n    use super::Key;\n\n{constants}}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::compile;

    fn fault(vi: &str, en: &str) -> String {
        compile(vi, en).expect_err("a fault").join("\n")
    }

    #[test]
    fn both_languages_become_one_sorted_table_and_constants() {
        let code = compile(
            r#"{"b": {"c-d": "hai {n}"}, "a": "một"}"#,
            r#"{"a": "one", "b": {"c-d": "two {n}"}}"#,
        )
        .expect("no fault");
        let a = code.find(r#"("a", "một", "one")"#).expect("row a");
        let b = code
            .find(r#"("b.c-d", "hai {n}", "two {n}")"#)
            .expect("row b.c-d");
        assert!(a < b);
        assert!(code.contains(r#"pub const B_C_D: Key = Key("b.c-d");"#));
    }

    #[test]
    fn a_sentence_missing_in_one_language_fails() {
        assert_eq!(
            fault(r#"{"a": "một"}"#, "{}"),
            r#""a" is missing in en.json"#
        );
        assert_eq!(
            fault("{}", r#"{"a": "one"}"#),
            r#""a" is missing in vi.json"#
        );
    }

    #[test]
    fn an_empty_sentence_fails() {
        assert_eq!(fault(r#"{"a": " "}"#, r#"{"a": "one"}"#), r#""a" is empty"#);
    }

    #[test]
    fn other_placeholders_or_loose_braces_fail() {
        assert_eq!(
            fault(r#"{"a": "{so}"}"#, r#"{"a": "{number}"}"#),
            r#""a" names {"so"} in vi.json and {"number"} in en.json"#
        );
        for loose in ["{", "}", "{}", "{ n }", "a } b {n}"] {
            let file = format!(r#"{{"a": "{loose}"}}"#);
            assert!(fault(&file, &file).contains("brace"), "{loose}");
        }
    }

    #[test]
    fn a_section_given_twice_fails_instead_of_losing_the_first() {
        let twice = r#"{"a": {"x": "1"}, "a": {"y": "2"}}"#;
        assert!(fault(twice, twice).contains(r#""a" stands here twice"#));
    }

    #[test]
    fn two_keys_of_one_constant_and_odd_keys_fail() {
        let file = r#"{"a": {"b": "1"}, "a-b": "2"}"#;
        assert!(fault(file, file).contains("same constant"));
        assert!(fault(r#"{"A b": "1"}"#, r#"{"A b": "1"}"#).contains("is no key"));
    }
}
