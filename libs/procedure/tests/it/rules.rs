//! What follows from answers and from the way in.

use civic::{FilingChannel, TimeLimit};
use procedure::Procedure;
use serde_json::json;

use crate::{whole, with};

fn procedure() -> Procedure {
    with("/kind", json!({"online": "FULL"}))
}

#[test]
fn the_first_case_that_holds_is_the_dossiers() {
    let procedure = procedure();
    assert_eq!(procedure.case(&json!({"place": "ABROAD"})), Some("ABROAD"));
    assert_eq!(procedure.case(&json!({"place": "HOME"})), Some("HOME"));
    assert_eq!(procedure.case(&json!({})), None);
}

#[test]
fn the_time_limit_is_that_of_the_case_and_the_channel() {
    let procedure = procedure();
    for (place, channel, days) in
        [("ABROAD", FilingChannel::Post, 10), ("ABROAD", FilingChannel::Online, 8), ("HOME", FilingChannel::Post, 3)]
    {
        let limit = procedure.time_limit_of(channel, &json!({"place": place}));
        assert_eq!(limit, TimeLimit::WorkingDays { days }, "{place} {channel:?}");
    }
}

#[test]
fn a_fee_of_a_case_is_paid_in_that_case_only() {
    let procedure = procedure();
    let total = |place: &str| {
        let fee = procedure.fee(FilingChannel::Online, &json!({"copies": 2, "place": place})).expect("a fee");
        fee.map_or(0, |fee| fee.total.dong())
    };
    assert_eq!((total("HOME"), total("ABROAD")), (16_000, 21_000));
}

#[test]
fn a_paper_may_be_required_by_an_answer() {
    let procedure = procedure();
    let paper = procedure.component("A").expect("a paper");
    assert!(paper.is_required(&json!({"married": true})));
    assert!(!paper.is_required(&json!({"married": false})));
    assert!(!paper.is_required(&json!({})));
}

#[test]
fn what_is_information_only_is_not_filed_online() {
    assert!(procedure().is_filed_online());
    assert!(with("/kind/online", json!("PARTIAL")).is_filed_online());
    assert!(!with("/kind", json!({"online": "INFORMATION"})).is_filed_online());
}

#[test]
fn what_was_published_before_is_read_and_written_as_it_was() {
    let mut old = whole();
    let members = old.as_object_mut().expect("an object");
    for added in [
        "kind",
        "subjects",
        "non_territorial",
        "effective_until",
        "cases",
        "time_limits",
        "process",
        "draft_days",
        "date_bounds",
        "people",
    ] {
        members.remove(added);
    }
    old["ui"]["fields"]["name"].as_object_mut().expect("a field").remove("meaning");
    old["components"] = json!([{"code": "A", "name": {"vi": "A", "en": "A"}, "required": true, "copies": 1}]);
    old["fee_rules"] = json!([]);
    old["life_events"] = json!([]);
    let procedure: Procedure = serde_json::from_value(old.clone()).expect("a procedure");
    procedure.form().expect("it works");
    assert_eq!(serde_json::to_value(&procedure).expect("JSON"), old);
}
