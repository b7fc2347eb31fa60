//! Every template says something in both languages, and every message is said somewhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use civic::Language;
use serde_json::Value;

use crate::{assets::Assets, templates::Templates};

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

/// What each page is tried with: `tests/pages/NAME.json` is a list of contents for `templates/pages/NAME.html`.
#[test]
fn every_page_renders_in_both_languages_with_every_content_it_is_tried_with() {
    let templates = Templates::load(&Arc::new(Assets::default())).expect("templates");
    for path in files("templates/pages") {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let contents = format!("tests/pages/{}", name.replace(".html", ".json"));
        let contents = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join(contents));
        let contents: Vec<Value> = serde_json::from_str(&contents).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(!contents.is_empty(), "{name}");
        for (content, frame, language) in
            contents.iter().flat_map(|content| frames().map(|(frame, language)| (content, frame, language)))
        {
            let page = templates.try_render(language, &name, &frame, content);
            let page = page.unwrap_or_else(|why| panic!("{name} in {language} with {content}: {why:?}"));
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{name}");
        }
    }
}

fn frames() -> [(Value, Language); 3] {
    let frame = |language: Language, kind: Option<&str>| {
        serde_json::json!({
            "language": language.as_str(), "other_language": "vi", "other_language_place": "/?lang=vi", "place": "/",
            "kiosk": kind.is_none().then(|| crate::kiosk::frame("http://127.0.0.1:8080/")), "user_name": kind.map(|_| "Lan"), "user_kind": kind, "has_work": kind == Some("OFFICIAL"), "form_seal": "seal",
            "development_banner": kind.map(|_| "http://127.0.0.1:8090/"),
        })
    };
    [
        (frame(Language::Vi, None), Language::Vi),
        (frame(Language::En, Some("CITIZEN")), Language::En),
        (frame(Language::Vi, Some("OFFICIAL")), Language::Vi),
    ]
}
