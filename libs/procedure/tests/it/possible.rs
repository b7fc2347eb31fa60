//! What is stated must be possible: dates within their bounds, answers about one person that agree.

use chrono::NaiveDate;
use procedure::{Expectation, Finding};
use serde_json::{Value, json};

use crate::pinned;

fn findings(answers: Value) -> Vec<Finding> {
    let today = NaiveDate::from_ymd_opt(2026, 7, 21).expect("a day");
    pinned().judge(answers, Expectation::Draft, today).findings
}

fn told(answers: Value) -> Vec<(String, &'static str)> {
    findings(answers).into_iter().map(|finding| (finding.pointer, finding.code)).collect()
}

#[test]
fn a_birth_is_not_after_today_nor_before_its_first_year() {
    for (born, possible) in [
        ("2026-07-21", true),
        ("2026-07-22", false),
        ("2031-05-01", false),
        ("9999-12-31", false),
        ("1900-01-01", true),
        ("1899-12-31", false),
    ] {
        let expected = if possible { vec![] } else { vec![("/born".to_owned(), "date-bound")] };
        assert_eq!(told(json!({"born": born})), expected, "{born}");
    }
}

#[test]
fn an_event_is_not_before_the_birth_in_the_draft_already_and_only_when_both_are_known() {
    assert_eq!(told(json!({"event_on": "1949-12-31"})), []);
    assert_eq!(told(json!({"born": "1950-03-12", "event_on": "1950-03-12"})), []);
    assert_eq!(told(json!({"born": "1950-03-12", "event_on": "1950-03-11"})), [("/event_on".into(), "date-bound")]);
}

#[test]
fn a_date_that_is_known_in_part_is_refused_when_no_day_of_it_fits() {
    for (born, event, possible) in [
        ("1950", "1950-01-01", true),
        ("1950", "1949-12-31", false),
        ("1950-03", "1950-03-01", true),
        ("1950-03", "1950-02-28", false),
    ] {
        assert_eq!(told(json!({"born": born, "event_on": event})).is_empty(), possible, "{born} {event}");
    }
    assert_eq!(told(json!({"born": "2026"})), [], "some days of this year have been");
    assert_eq!(told(json!({"born": "2026-08"})), [("/born".into(), "date-bound")]);
}

#[test]
fn the_sentence_is_the_procedures_own_or_made_of_its_labels() {
    let first = |answers: Value| findings(answers).remove(0).text;
    let text = first(json!({"born": "2031-05-01"}));
    assert_eq!(text.vi, "Không được sau hôm nay, ngày 21/07/2026.");
    assert_eq!(text.en, "This may not be after today, 21 July 2026.");
    assert_eq!(first(json!({"born": "1950", "event_on": "1949-01-01"})).vi, "Sự kiện phải sau khi sinh.");
    let mut unsaid = pinned();
    unsaid.procedure.date_bounds[2].text = None;
    let judged = unsaid.judge(json!({"born": "1950", "event_on": "1949-01-01"}), Expectation::Draft, NaiveDate::MAX);
    assert_eq!(judged.findings[0].text.vi, "Không được trước ngày ở mục “Ngày sinh”, năm 1950.");
}

#[test]
fn a_citizen_number_agrees_with_the_year_of_birth_however_much_of_it_is_known_and_the_gender() {
    let number = "000199012345";
    for born in ["1999", "1999-05", "1999-05-06"] {
        assert_eq!(told(json!({"number": number, "born": born, "gender": "FEMALE"})), [], "{born}");
    }
    let mismatch = [("/number".into(), "citizen-number-mismatch")];
    assert_eq!(told(json!({"number": number, "born": "1998"})), mismatch);
    assert_eq!(told(json!({"number": number, "gender": "MALE"})), mismatch);
    assert_eq!(told(json!({"number": number})), []);
}

#[test]
fn what_was_published_without_bounds_goes_on_taking_what_it_took() {
    let mut old = pinned();
    old.procedure.date_bounds.clear();
    old.procedure.people.clear();
    let answers = json!({"born": "9999-12-31", "event_on": "1850-01-01"});
    let today = NaiveDate::from_ymd_opt(2026, 7, 21).expect("a day");
    assert_eq!(old.judge(answers, Expectation::Draft, today).findings, []);
}
