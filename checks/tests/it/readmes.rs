//! A table "to change … | go to …" of a README names files that are there, and constants and functions that are in them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use checks::{
    crates::{crates, root},
    tokens::{Token, tokens},
};

#[test]
fn where_to_change_something_is_true_in_every_readme() {
    let mut wrong = BTreeSet::new();
    let mut tables = 0;
    let crates =
        crates().into_iter().map(|one| one.folder).chain([root().join("checks"), root().join("services"), root()]);
    for folder in crates {
        let readme = folder.join("README.md");
        let text = fs::read_to_string(&readme).unwrap_or_default();
        let rows = text.lines().skip_while(|line| !line.to_lowercase().starts_with("| to change |"));
        let rows: Vec<_> = rows.skip(2).take_while(|line| line.starts_with('|')).collect();
        tables += usize::from(!rows.is_empty());
        for row in rows {
            let goal = row.trim_matches('|').split_once('|').map_or("", |(_, goal)| goal);
            let missing = missing(&folder, goal);
            wrong.extend(missing.into_iter().map(|name| format!("{}: {name} ({row})", readme.display())));
        }
    }
    assert!(tables > 3, "the tables are read");
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "not there any more, or named otherwise:\n{}", wrong.join("\n"));
}

/// The names in backticks that lead nowhere.
fn missing(folder: &Path, goal: &str) -> Vec<String> {
    let named: Vec<&str> = goal.split('`').skip(1).step_by(2).collect();
    let is_file = |name: &&&str| name.contains('/') || Path::new(**name).extension().is_some_and(|end| end.len() <= 4);
    let (files, names): (Vec<&str>, Vec<&str>) = named.iter().partition(|name| is_file(name));
    let mut missing = Vec::new();
    let mut sources = Vec::new();
    for file in files {
        match find(folder, file) {
            Some(path) => sources.push(path),
            None => missing.push(file.to_owned()),
        }
    }
    if sources.is_empty() {
        sources.push(folder.join("src"));
    }
    let words: BTreeSet<String> = sources.iter().flat_map(|path| words(path)).collect();
    missing.extend(names.into_iter().filter(|name| !known(&words, name) && !is_setting(name)).map(str::to_owned));
    missing
}

/// A setting stands in the `config.rs` of a service, as a text.
fn is_setting(name: &str) -> bool {
    let text = |folder: &Path| fs::read_to_string(folder.join("src/config.rs")).unwrap_or_default();
    name.starts_with("MOTCUA_") && crates().iter().any(|one| text(&one.folder).contains(&format!("\"{name}\"")))
}

/// Every word of a name is there: of `Clock::now()`, `Clock` and `now`.
fn known(words: &BTreeSet<String>, name: &str) -> bool {
    let parts = name.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|part| !part.is_empty());
    parts.clone().all(|part| words.contains(part))
}

/// A path as READMEs write it: from the crate's sources, the crate, or the root on; or a crate's name before its own.
fn find(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = path.trim_end_matches('/').split(['*', '{', '…', '<']).next()?.trim_end_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let root = root();
    let mut all = vec![folder.join("src").join(path), folder.join(path), root.join(path)];
    for kind in ["libs", "services", "load-tests"] {
        all.push(root.join(kind).join(path));
        all.push(root.join(kind).join(first).join("src").join(rest));
    }
    all.into_iter().find(|path| path.exists())
}

fn words(path: &Path) -> Vec<String> {
    if path.is_dir() {
        return fs::read_dir(path).expect("a folder").flatten().flat_map(|entry| words(&entry.path())).collect();
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    match path.extension().is_some_and(|end| end == "rs") {
        true => tokens(&text).iter().filter_map(Token::word).map(str::to_owned).collect(),
        false => text.split(|c: char| !(c.is_alphanumeric() || c == '_')).map(str::to_owned).collect(),
    }
}
