//! Every template says something in both languages, and every message is said somewhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The messages of a language: name → names of its variables.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files(&format!("messages/{language}")) {
        let mut current = String::new();
        for line in text(&path).lines() {
            if let Some((name, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|it: char| it.is_ascii_lowercase()))
            {
                name.clone_into(&mut current);
                assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{language}: {current} is said twice");
            }
            for variable in line.split('$').skip(1) {
                let end = variable.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(variable.len());
                all.get_mut(&current).expect("a message").insert(variable[..end].to_owned());
            }
        }
    }
    all
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    assert_eq!(messages("vi"), messages("en"));
}

/// What templates ask for: `t("name"`, and beginnings of names, `t("name-" ~`.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut names, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    for path in files("templates") {
        let text = text(&path);
        for (before, call) in text.match_indices("t(\"").map(|(at, call)| (&text[..at], &text[at + call.len()..])) {
            // A function whose name ends alike, such as `asset`.
            if before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_') {
                continue;
            }
            let (name, rest) = call.split_once('"').expect("a closed name");
            let set = if rest.trim_start().starts_with('~') { &mut beginnings } else { &mut names };
            set.insert(name.to_owned());
        }
    }
    (names, beginnings)
}

#[test]
fn no_message_is_missing() {
    let (known, (names, beginnings)) = (messages("vi"), asked());
    let missing: Vec<_> = names.iter().filter(|name| !known.contains_key(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let empty: Vec<_> = beginnings.iter().filter(|it| !known.keys().any(|name| name.starts_with(&**it))).collect();
    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn no_message_is_unused() {
    let (names, beginnings) = asked();
    let sources: String = files("src").iter().map(|path| text(path)).collect();
    let unused: Vec<_> = messages("vi")
        .into_keys()
        .filter(|name| !names.contains(name) && !beginnings.iter().any(|it| name.starts_with(it)))
        .filter(|name| !sources.contains(&format!("\"{name}\"")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
