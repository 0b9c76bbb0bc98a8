//! The source as text: its files, the names they import, what they declare.
use std::fs;
use std::path::{Path, PathBuf};

/// One file of `src`, without its tests.
pub struct File {
    /// `drives/store/slots.rs`.
    pub path: String,
    /// `drives`; the file's own name where it lies in no folder.
    pub room: String,
    /// `store`: the file, or the folder it became.
    pub part: String,
    /// Everything above the tests at its foot.
    pub text: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below `folder` with this ending, sorted, as paths from the root of the repository.
pub fn paths(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|given| given == ending) {
                let path = path.strip_prefix(root()).unwrap();
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

pub fn files() -> Vec<File> {
    let paths = paths("src", "rs");
    assert!(paths.len() > 20, "the source was not found");
    let is_test = |path: &&String| path.contains("/tests/") || path.ends_with("/tests.rs");
    let paths = paths.iter().filter(|path| !is_test(path));
    paths.map(|path| file(path)).collect()
}

fn file(path: &str) -> File {
    let text = read(path);
    let inside = path.strip_prefix("src/").unwrap();
    let mut names = inside.trim_end_matches(".rs").split('/');
    let room = names.next().unwrap();
    let above_tests = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
    File {
        path: inside.to_owned(),
        room: room.to_owned(),
        part: names.next().unwrap_or(room).to_owned(),
        text: above_tests.to_owned(),
    }
}

impl File {
    /// Every name this file imports or names in full, from its own crate or another: `crate::drives::DriveId`.
    pub fn names(&self) -> Vec<String> {
        let code: Vec<&str> = self.text.lines().map(without_comment).collect();
        let code = code.join("\n");
        let mut names = Vec::new();
        let mut plain = String::new();
        let mut rest = code.as_str();
        while let Some((before, after)) = split_use(rest) {
            plain.push_str(before);
            let (tree, after) = after.split_once(';').unwrap();
            flatten("", tree, &mut names);
            rest = after;
        }
        plain.push_str(rest);
        names.extend(named_in_full(&plain));
        names
    }
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        ""
    } else {
        line
    }
}

/// The text before and after the next `use `.
fn split_use(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("use ") {
        let at = from + at;
        let before = &text[..at];
        let line = before.rsplit('\n').next().unwrap().trim();
        if line.is_empty() || line.starts_with("pub") {
            return Some((before, &text[at + 4..]));
        }
        from = at + 4;
    }
    None
}

/// `a::{b, c::{d}}` as `a::b`, `a::c::d`.
fn flatten(prefix: &str, tree: &str, names: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let name = tree.split(" as ").next().unwrap();
        names.push(format!("{prefix}{name}"));
        return;
    };
    let prefix = format!("{prefix}{}", head.trim());
    let inner = &rest[..rest.rfind('}').unwrap()];
    let mut depth = 0;
    let mut start = 0;
    for (at, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[start..at].trim().is_empty() {
                    flatten(&prefix, &inner[start..at], names);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

fn named_in_full(text: &str) -> Vec<String> {
    let is_of_a_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    text.split(|letter| !is_of_a_path(letter))
        .filter(|word| word.contains("::") && word.starts_with(|first: char| first.is_lowercase()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_tree_of_imports_is_read_as_its_names() {
    let mut names = Vec::new();
    flatten(
        "",
        "crate::{\n    a::{self, b as c},\n    d,\n}",
        &mut names,
    );
    assert_eq!(names, ["crate::a::self", "crate::a::b", "crate::d"]);
}
