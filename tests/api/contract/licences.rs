//! What is built into the binary may be given away with it: permissive licences only.
use super::source::{read, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// The list of deny.toml.
fn allowed() -> BTreeSet<String> {
    let deny: toml::Value = toml::from_str(&read("deny.toml")).unwrap();
    let list = deny["licenses"]["allow"].as_array().unwrap().clone();
    list.iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// `MIT OR (Apache-2.0 AND ISC)` against the list: one of each choice, all of each sum.
fn is_allowed(terms: &str, allowed: &BTreeSet<String>) -> bool {
    let terms = terms.replace(['(', ')'], "").replace('/', " OR ");
    terms.split(" AND ").all(|part| {
        part.split(" OR ")
            .any(|licence| allowed.contains(licence.trim()))
    })
}

#[test]
fn no_dependency_has_a_licence_that_is_not_on_the_list() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    let allowed = allowed();
    assert!(!allowed.iter().any(|licence| licence.contains("GPL")));
    let odd: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(package["license"].as_str().unwrap_or("none"), &allowed))
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert_eq!(odd, [""; 0]);
}

#[test]
fn a_choice_is_enough_and_a_sum_is_not() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned()].into();
    assert!(is_allowed("GPL-3.0 OR MIT", &allowed));
    assert!(is_allowed("MIT/Apache-2.0", &allowed));
    assert!(is_allowed("MIT AND ISC", &allowed));
    assert!(!is_allowed("MIT AND GPL-3.0", &allowed));
    assert!(!is_allowed("GPL-3.0-or-later", &allowed));
}
