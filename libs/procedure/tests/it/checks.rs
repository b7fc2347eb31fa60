//! What cannot work is refused, each with its reason.

use procedure::Procedure;
use serde_json::{Value, json};

use crate::{stage, whole, with};

fn refused(pointer: &str, value: Value, why: &str) {
    let fault = with(pointer, value.clone()).form().expect_err(&format!("{pointer} as {value} is refused"));
    assert!(fault.to_lowercase().contains(&why.to_lowercase()), "{pointer} as {value}: {fault}");
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

/// All that is wrong with the whole with this in its place: pointers and codes.
fn faults(pointer: &str, value: Value) -> Vec<(String, &'static str)> {
    with(pointer, value).faults().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

fn found<const N: usize>(faults: [(&str, &'static str); N]) -> Vec<(String, &'static str)> {
    faults.map(|(pointer, code)| (pointer.to_owned(), code)).into()
}

#[test]
fn the_form_and_how_it_is_shown_are_the_same() {
    let fields = json!(["copies", "place", "place", "other", "name", "story", "born", "event_on", "number", "gender"]);
    let expected = found([
        ("/ui/pages/0/fields/2", "field-twice"),
        ("/ui/pages/0/fields/3", "field-unknown"),
        ("/form/properties/married", "field-hidden"),
        ("/form/properties/phone", "field-hidden"),
    ]);
    assert_eq!(faults("/ui/pages/0/fields", fields), expected);
    let required = faults("/form/required", json!(["copies", "elsewhere"]));
    assert_eq!(required, found([("/form/required/1", "field-unknown")]));
    refused("/form/properties/copies", json!({"$ref": "https://example.com/a.json"}), "no JSON Schema");
}

#[test]
fn a_pattern_that_looks_around_is_named_where_it_stands() {
    for pattern in ["(?=a)a", "(?<!a)b", "(a)\\1", "("] {
        let story = json!({"type": "string", "pattern": pattern});
        let expected = found([("/form/properties/story/pattern", "pattern")]);
        assert_eq!(faults("/form/properties/story", story), expected, "{pattern}");
    }
}

#[test]
fn all_that_is_wrong_is_named_at_once_with_how_it_is_mended_in_both_languages() {
    let mut procedure = with("/levels", json!([]));
    procedure.name.vi = " ".into();
    procedure.components[0].copies = 0;
    procedure.draft_days = Some(9);
    let faults = procedure.faults();
    let pointers: Vec<_> = faults.iter().map(|fault| &*fault.pointer).collect();
    assert_eq!(pointers, ["/levels", "/components/0/copies", "/draft_days", "/name/vi"]);
    for text in faults.iter().flat_map(|fault| [&fault.text.vi, &fault.text.en]) {
        assert!(text.ends_with('.') || text.ends_with(']'), "{text}");
    }
}

#[test]
fn nobody_pays_one_fee_twice_and_every_case_of_a_fee_has_its_price() {
    let price = json!({"amount": 8000, "currency": "VND"});
    let rule = |case: Option<&str>, channels: &[&str]| {
        let channels: serde_json::Map<_, _> = channels.iter().map(|name| ((*name).to_owned(), price.clone())).collect();
        let name = json!({"vi": "Lệ phí", "en": "Charge"});
        let rule = json!({"name": name, "kind": "LE_PHI", "channels": channels, "per": {"unit": "DOSSIER"}});
        let mut rule = rule;
        rule.as_object_mut().expect("a rule").extend(case.map(|case| ("case".to_owned(), json!(case))));
        rule
    };
    for (rules, expected) in [
        (vec![rule(None, &["ONLINE"]), rule(Some("HOME"), &["ONLINE"])], found([("/fee_rules/1", "fee-overlap")])),
        (vec![rule(None, &[])], found([("/fee_rules/0/channels", "fee-hole")])),
        (
            vec![rule(Some("HOME"), &["ONLINE", "POST"]), rule(Some("ABROAD"), &["ONLINE"])],
            found([("/fee_rules/1/channels", "fee-hole")]),
        ),
        (vec![rule(Some("HOME"), &["ONLINE"]), rule(Some("ABROAD"), &["ONLINE"])], vec![]),
        (vec![rule(Some("ABROAD"), &["ONLINE"])], vec![]),
    ] {
        assert_eq!(faults("/fee_rules", json!(rules)), expected, "{rules:?}");
    }
    let mut three = with("/fee_rules", json!([rule(Some("HOME"), &["ONLINE"]), rule(Some("ABROAD"), &["ONLINE"])]));
    three.cases.push(three.cases[0].clone());
    three.cases[2].code = "SEA".into();
    let faults: Vec<_> = three.faults().into_iter().map(|fault| (fault.pointer, fault.code)).collect();
    assert_eq!(faults, found([("/fee_rules/1/case", "fee-hole")]));
}

#[test]
fn somebody_can_have_every_paper_and_do_every_stage() {
    let mut procedure = with("/process/1/role", json!("CASHIER"));
    procedure.components[0].required = true;
    procedure.result.code = procedure.components[0].replaced_by.clone();
    let faults: Vec<_> = procedure.faults().into_iter().map(|fault| (fault.pointer, fault.code)).collect();
    let expected =
        found([("/components/0/replaced_by", "paper-unobtainable"), ("/process/1/role", "role-not-working")]);
    assert_eq!(faults, expected);
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
    let fault = procedure.form().expect_err("refused");
    assert_eq!(fault, "/components/1/code: Two components have the same code, A; give each its own.");
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
