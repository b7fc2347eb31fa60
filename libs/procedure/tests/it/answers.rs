//! Answers are read as people type them, whatever form they fill.

use chrono::NaiveDate;
use procedure::{Expectation, Judged};
use serde_json::{Value, json};

use crate::pinned;

fn judged(answers: Value) -> Judged {
    pinned().judge(answers, Expectation::Draft, NaiveDate::from_ymd_opt(2026, 7, 21).expect("a day"))
}

/// What is kept of answers in which nothing is wrong.
fn kept(answers: Value) -> Value {
    let Judged { answers, findings } = judged(answers);
    assert_eq!(findings, [], "{answers}");
    answers
}

#[test]
fn a_line_is_composed_and_its_blanks_are_single() {
    assert_eq!(kept(json!({"name": "  Tra\u{302}\u{300}n  Thị Lan\n"})), json!({"name": "Trần Thị Lan"}));
}

#[test]
fn length_is_counted_in_letters_however_they_were_composed() {
    let decomposed = |letters: usize| json!({"name": "e\u{302}\u{303}".repeat(letters)});
    assert_eq!(kept(decomposed(120)), json!({"name": "ễ".repeat(120)}));
    assert_eq!(judged(decomposed(121)).findings[0].code, "maxLength");
}

#[test]
fn several_lines_stay_where_they_are_asked_for_only() {
    assert_eq!(kept(json!({"story": "Kính gửi:\r\n  tôi xin \n"})), json!({"story": "Kính gửi:\n  tôi xin"}));
    assert_eq!(judged(json!({"name": "An\nBình"})).findings[0].code, "several-lines");
}

#[test]
fn what_nobody_sees_is_refused_and_the_answer_is_left_as_it_was_sent() {
    for text in ["An\u{200B}", "An\u{202E}hnìB", "An\0"] {
        for field in ["name", "story"] {
            let judged = judged(json!({field: text}));
            let told: Vec<_> = judged.findings.iter().map(|it| (&*it.pointer, it.code)).collect();
            assert_eq!(told, [(&*format!("/{field}"), "invisible-character")], "{text:?}");
            assert_eq!(judged.answers[field], text);
        }
    }
}

#[test]
fn numbers_are_kept_in_one_form() {
    for phone in ["0912-345-678", "(0912) 345 678", "+84 (0)912 345 678", "0084 912 345 678"] {
        assert_eq!(kept(json!({"phone": phone})), json!({"phone": "+84912345678"}), "{phone}");
    }
    assert_eq!(kept(json!({"number": " 000 199 012 345"})), json!({"number": "000199012345"}));
}

#[test]
fn an_answer_of_blanks_is_not_given() {
    let finding = judged(json!({"name": " \u{A0} "})).findings.remove(0);
    assert_eq!((finding.code, &*finding.text.en), ("minLength", "This is required."));
}

#[test]
fn each_answer_is_refused_with_one_sentence() {
    let wrong = json!({"name": 7, "phone": "không có", "number": "1", "copies": 21});
    let told: Vec<_> = judged(wrong).findings.into_iter().map(|it| it.pointer).collect();
    let mut once = told.clone();
    once.sort();
    once.dedup();
    assert_eq!((told.len(), once.len()), (4, 4), "{told:?}");
}
