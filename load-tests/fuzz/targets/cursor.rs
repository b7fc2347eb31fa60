//! Cursors: any text is a place in the list or a problem, and a place that was given out leads back to itself only.

#![no_main]

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use edge::{Page, PageQuery};
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

const LIST: &str = "list_dossiers 1";

fuzz_target!(|text: &str| {
    reads::<(DateTime<Utc>, Uuid)>(text);
    reads::<AgencyCode>(text);
    returns::<(DateTime<Utc>, Uuid)>(text);
    returns::<AgencyCode>(text);
});

fn asked(cursor: &str) -> PageQuery {
    PageQuery { page_size: Some(1), cursor: Some(cursor.to_owned()) }
}

/// What nobody gave out is refused by name.
fn reads<K: DeserializeOwned>(text: &str) {
    if let Err(problem) = asked(text).after::<K>(LIST) {
        let body = fuzz::rendered(&problem, "/api/v1/dossiers");
        assert_eq!((&body["status"], &body["errors"][0]["pointer"]), (&400.into(), &"cursor".into()));
    }
}

/// The key that `text` is, given out as a cursor, is read as itself, by its own list, unaltered.
fn returns<K: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug>(text: &str) {
    let Ok(key) = serde_json::from_str::<K>(text) else { return };
    let page = Page::of(vec![key.clone(), key.clone()], &asked(""), LIST, Clone::clone);
    let cursor = page.next.expect("there is another row");
    let url_safe = cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    assert!(url_safe && cursor.len() <= 512, "{cursor}");
    assert_eq!(asked(&cursor).after::<K>(LIST).expect("its own list"), Some(key));
    assert!(asked(&cursor).after::<K>("list_dossiers 2").is_err());
    let at = text.len() % cursor.len();
    let other = if &cursor[at..=at] == "A" { "Q" } else { "A" };
    let altered = format!("{}{other}{}", &cursor[..at], &cursor[at + 1..]);
    assert!(asked(&altered).after::<K>(LIST).is_err(), "{cursor} and {altered}");
}
