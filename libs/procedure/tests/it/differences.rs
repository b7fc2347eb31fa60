//! What a version says otherwise than the one before, in words.

use procedure::{DifferentPart, Procedure};
use serde_json::{Value, json};

use crate::{stage, with};

fn before() -> Procedure {
    with("/kind", json!({"online": "FULL"}))
}

/// The differences of the whole with this in its place.
fn said(pointer: &str, value: Value) -> Vec<(DifferentPart, String, String)> {
    let mut after = serde_json::to_value(before()).expect("JSON");
    *after.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is nothing")) = value;
    let after: Procedure = serde_json::from_value(after).expect("a procedure");
    let said = after.differences(&before()).into_iter();
    said.map(|difference| (difference.part, difference.text.vi, difference.text.en)).collect()
}

#[test]
fn what_says_the_same_differs_in_nothing() {
    assert_eq!(before().differences(&before()), []);
}

#[test]
fn another_price_and_another_time_limit_are_said_with_what_they_were() {
    let price = said("/fee_rules/0/channels/ONLINE/amount", json!(12000));
    let [(DifferentPart::Fees, vi, en)] = &*price else { panic!("{price:?}") };
    assert_eq!(vi, "“Bản sao” trực tuyến: từ 8.000 ₫ thành 12.000 ₫.");
    assert_eq!(en, "“Bản sao” online: 8,000 ₫ becomes 12,000 ₫.");
    let time = said("/time_limit", json!({"unit": "working_days", "days": 5}));
    assert_eq!(time[0].1, "Thời hạn giải quyết: từ 3 ngày làm việc thành 5 ngày làm việc.");
    let gone = said("/time_limits", json!([{"case": "ABROAD", "limit": {"unit": "working_days", "days": 9}}]));
    let gone: Vec<_> = gone.iter().map(|(_, vi, _)| &**vi).collect();
    assert_eq!(
        gone,
        [
            "Thời hạn (trường hợp “Ở nước ngoài”): từ 8 ngày làm việc thành 9 ngày làm việc.",
            "Thời hạn qua bưu chính (trường hợp “Ở nước ngoài”) riêng không còn nữa; áp dụng thời hạn chung.",
        ]
    );
}

#[test]
fn papers_fields_and_stages_that_come_and_go_are_named() {
    let paper = json!([{"code": "B", "name": {"vi": "Giấy B", "en": "Paper B"}, "required": true, "copies": 1}]);
    let papers: Vec<_> = said("/components", paper).into_iter().map(|(_, vi, _)| vi).collect();
    assert_eq!(papers, ["Thêm giấy tờ “Giấy B” (bắt buộc).", "Không yêu cầu “Giấy A” nữa."]);
    let required = said("/form/required", json!(["copies", "story"]));
    assert_eq!(required[0].1, "Mục “Nội dung” trở thành bắt buộc.");
    let rule = said("/form/properties/copies/maximum", json!(5));
    assert_eq!(
        rule[0],
        (
            DifferentPart::Form,
            "Quy tắc điền mục “Số bản” thay đổi.".into(),
            "What may be filled into “Số bản” is another.".into()
        )
    );
    let stages = json!([stage("IN", &["RECEIVE"], &["SIGN"]), stage("SIGN", &["ISSUE_RESULT", "COMPLETE"], &[])]);
    let stages: Vec<_> = said("/process", stages).into_iter().map(|(_, vi, _)| vi).collect();
    assert_eq!(stages, ["Thao tác ở bước “IN” thay đổi.", "Bước tiếp theo của “IN” thay đổi.", "Bỏ bước “WORK”."]);
}

#[test]
fn whatever_differs_something_is_said() {
    let others = [
        ("/name/vi", json!("Tên khác")),
        ("/description/en", json!("Other")),
        ("/subjects", json!([])),
        ("/legal_basis", json!([{"vi": "Luật A", "en": "Law A"}])),
        ("/steps", json!([{"vi": "Bước", "en": "Step"}])),
        ("/result/name/vi", json!("Khác")),
        ("/draft_days", json!(2)),
        ("/effective_from", json!("2026-02-01")),
        ("/effective_until", json!("2027-02-01")),
        ("/cases/0/when/is", json!("HOME")),
        ("/date_bounds/0/relation", json!("BEFORE")),
        ("/people", json!([])),
        ("/ui/pages/0/title/vi", json!("Trang khác")),
        ("/ui/fields/name/hint", json!({"vi": "Gợi ý", "en": "Hint"})),
        ("/fee_rules/1/kind", json!("LE_PHI")),
        ("/components/0/copies", json!(2)),
        ("/also_called", json!([])),
        ("/non_territorial", json!(false)),
        ("/levels", json!(["PROVINCE"])),
    ];
    for (pointer, value) in others {
        let mut after = serde_json::to_value(before()).expect("JSON");
        match after.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => after["ui"]["fields"]["name"]["hint"] = value,
        }
        let after: Procedure = serde_json::from_value(after).expect("a procedure");
        let said = after.differences(&before());
        assert!(!said.is_empty(), "{pointer}");
        assert!(said.iter().all(|it| !it.text.vi.is_empty() && !it.text.en.is_empty()), "{said:?}");
    }
}
