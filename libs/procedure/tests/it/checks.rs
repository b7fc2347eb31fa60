//! What cannot work is refused, each with its reason.

use procedure::Procedure;
use serde_json::{Value, json};

use crate::{stage, whole, with};

fn refused(pointer: &str, value: Value, why: &str) {
    let fault = with(pointer, value.clone()).form().expect_err(&format!("{pointer} as {value} is refused"));
    assert!(fault.contains(why), "{pointer} as {value}: {fault}");
}

#[test]
fn what_can_work_is_taken_and_nothing_of_it_is_lost() {
    let procedure: Procedure = serde_json::from_value(whole()).expect("a procedure");
    procedure.form().expect("it works");
    let written = serde_json::to_value(&procedure).expect("JSON");
    let again: Procedure = serde_json::from_value(written).expect("a procedure");
    assert_eq!(again, procedure);
}

#[test]
fn everyday_words_are_clean_short_few_and_said_once() {
    for unclean in ["", " ", "giấy  A", "giấy A ", "gi\u{1ea5}y\nA", "gia\u{302}\u{301}y", "a\u{200b}", "…"] {
        refused("/also_called", json!([unclean]), "no clean line of words");
    }
    refused("/also_called", json!(["x".repeat(81)]), "a long name");
    refused("/also_called", json!(["Giấy A", "giay a"]), "twice");
    let many: Vec<_> = (0..41).map(|number| format!("giấy {number}")).collect();
    refused("/also_called", json!(many), "more than 40");
}

#[test]
fn a_draft_is_confirmed_within_some_days_and_keeps_nobody_waiting_for_long() {
    for days in [0, 6] {
        refused("/draft_days", json!(days), "within 1 to 5 working days");
    }
}

#[test]
fn dates_and_kinds_make_sense() {
    refused("/effective_until", json!("2025-12-31"), "ends before it begins");
    refused("/kind/reason/vi", json!(" "), "does not say why");
}

#[test]
fn the_form_and_how_it_is_shown_are_the_same() {
    refused("/ui/pages/0/fields", json!(["copies", "place"]), "not the same");
    refused("/ui/pages/0/fields", json!(["copies", "place", "place"]), "not the same");
    refused("/ui/pages/0/fields", json!(["copies", "place", "married", "place"]), "not the same");
    refused("/form/properties/copies", json!({"$ref": "https://example.com/a.json"}), "");
}

#[test]
fn every_fee_can_be_counted() {
    refused("/form/required", json!([]), "need not be given");
    refused("/fee_rules/0/per/pointer", json!("/married"), "need not be given");
    for copies in [json!({"type": "number", "minimum": 1, "maximum": 2}), json!({"type": "integer", "maximum": 2})] {
        refused("/form/properties/copies", copies, "no whole number");
    }
    refused("/form/properties/copies", json!({"type": "integer", "minimum": 0}), "no whole number");
    refused("/form/properties/copies", json!({"type": "integer", "minimum": -1, "maximum": 2}), "no whole number");
}

#[test]
fn papers_are_told_apart() {
    let mut procedure = with("/kind", json!({"online": "FULL"}));
    procedure.components.push(procedure.components[0].clone());
    assert_eq!(procedure.form().expect_err("refused"), "two components have the same code");
}

#[test]
fn cases_are_told_apart_and_can_be_met() {
    refused("/cases/1/code", json!("ABROAD"), "two cases");
    refused("/fee_rules/1/case", json!("ELSEWHERE"), "no case ELSEWHERE");
    refused("/time_limits/0/case", json!("ELSEWHERE"), "no case ELSEWHERE");
    refused("/cases/0/when/answer", json!("nothing"), "does not ask for");
    refused("/cases/0/when/is", json!("MARS"), "cannot be");
    refused("/components/0/required_when/answer", json!("nothing"), "does not ask for");
}

#[test]
fn bounds_are_of_dates_and_people_of_their_answers() {
    refused("/date_bounds/0/answer", json!("name"), "the answer name is held against a date");
    refused("/date_bounds/0/answer", json!("nothing"), "the answer nothing is held against a date");
    refused("/date_bounds/2/to/answer", json!("copies"), "the answer copies is held against a date");
    refused("/date_bounds/2/to/answer", json!("event_on"), "against itself");
    refused("/people/0/citizen_number", json!("phone"), "no citizen number");
    refused("/people/0/birth_date", json!("gender"), "the answer gender is held against a date");
    refused("/people/0/gender", json!("place"), "which is none");
}

#[test]
fn no_time_limit_hides_another() {
    let hidden = json!([
        {"case": "ABROAD", "limit": {"unit": "working_days", "days": 8}},
        {"case": "ABROAD", "channel": "POST", "limit": {"unit": "working_days", "days": 10}},
    ]);
    refused("/time_limits", hidden, "stands behind");
}

/// The stage, whose officials must be others than those of another.
fn other_than(stage: &Value, other: &str) -> Value {
    let mut stage = stage.clone();
    stage["other_than"] = json!([other]);
    stage
}

#[test]
fn a_process_can_be_gone_through_from_its_beginning_to_an_end() {
    let (begin, end) = (stage("IN", &["RECEIVE"], &["OUT"]), stage("OUT", &["COMPLETE"], &[]));
    for (stages, why) in [
        (json!([begin, end, end]), "two stages"),
        (json!([begin, stage("OUT", &[], &[])]), "nothing can be done"),
        (json!([stage("IN", &["CONSULT"], &["OUT"]), end]), "nobody can receive"),
        (json!([begin]), "no stage"),
        (json!([begin, stage("OUT", &["CONSULT"], &[])]), "can be completed"),
        (json!([begin, end, stage("LOST", &["COMPLETE"], &[])]), "no stage leads to LOST"),
        (
            json!([stage("IN", &["RECEIVE"], &["OUT", "LOOP"]), end, stage("LOOP", &["CONSULT"], &["LOOP"])]),
            "no way leads",
        ),
        (json!([stage("IN", &["RECEIVE"], &["LOOP"]), stage("LOOP", &["CONSULT"], &["IN"])]), "no way leads"),
        (json!([begin, stage("OUT", &["COMPLETE"], &["AUTO"]), stage("AUTO", &[], &["AUTO"])]), "no way leads"),
        (json!([other_than(&begin, "IN"), end]), "could be another"),
        (json!([other_than(&begin, "OUT"), end]), "passes by itself"),
        (json!([begin, other_than(&end, "AWAY")]), "never comes before"),
        (
            json!([
                begin,
                stage("OUT", &["COMPLETE"], &["AUTO"]),
                other_than(&stage("AUTO", &[], &["END"]), "OUT"),
                stage("END", &["COMPLETE"], &[])
            ]),
            "passes by itself",
        ),
    ] {
        refused("/process", stages, why);
    }
}
