//! A version of a procedure: what is refused, and what follows from answers.

mod answers;
mod checks;
mod differences;
mod possible;
mod rules;

use procedure::{PinnedProcedure, Procedure};
use serde_json::{Value, json};

/// A procedure that works, with one of everything.
fn whole() -> Value {
    let text = |text: &str| json!({"vi": text, "en": text});
    json!({
        "code": "1.001193",
        "name": text("Thủ tục"),
        "also_called": ["giấy kết hôn"],
        "field": {"code": "ho-tich", "name": text("Hộ tịch")},
        "levels": ["COMMUNE"],
        "kind": {"online": "PARTIAL", "reason": text("Phải có mặt khi ký")},
        "subjects": ["CITIZEN"],
        "non_territorial": true,
        "effective_from": "2026-01-01",
        "effective_until": "2026-12-31",
        "description": text("Mô tả"),
        "steps": [],
        "components": [{
            "code": "A", "name": text("Giấy A"), "required": false, "copies": 1, "form": "ORIGINAL",
            "required_when": {"answer": "married", "is": true}, "digitisation": "EARLIER_RESULT", "replaced_by": "KQ.G15.000032",
        }],
        "cases": [
            {"code": "ABROAD", "name": text("Ở nước ngoài"), "when": {"answer": "place", "is": "ABROAD"}},
            {"code": "HOME", "name": text("Trong nước"), "when": {"answer": "place", "is": "HOME"}},
        ],
        "time_limit": {"unit": "working_days", "days": 3},
        "time_limits": [
            {"case": "ABROAD", "channel": "POST", "limit": {"unit": "working_days", "days": 10}},
            {"case": "ABROAD", "limit": {"unit": "working_days", "days": 8}},
        ],
        "fee_rules": [
            {"name": text("Bản sao"), "kind": "LE_PHI", "channels": {"ONLINE": {"amount": 8000, "currency": "VND"}},
                "per": {"unit": "ANSWER", "pointer": "/copies"}},
            {"name": text("Xác minh"), "kind": "PHI", "channels": {"ONLINE": {"amount": 5000, "currency": "VND"}},
                "per": {"unit": "DOSSIER"}, "case": "ABROAD"},
        ],
        "result": {"name": text("Kết quả")},
        "draft_days": 1,
        "legal_basis": [],
        "process": [
            stage("IN", &["RECEIVE", "REFUSE"], &["WORK"]),
            stage("WORK", &["CONSULT"], &["WORK", "SIGN"]),
            stage("SIGN", &["ISSUE_RESULT", "COMPLETE"], &[]),
        ],
        "form": {
            "type": "object",
            "required": ["copies"],
            "properties": {
                "copies": {"type": "integer", "minimum": 1, "maximum": 20},
                "place": {"enum": ["HOME", "ABROAD"]},
                "married": {"type": "boolean"},
                "name": {"type": "string", "minLength": 1, "maxLength": 120},
                "story": {"type": "string"},
                "born": {"type": "string", "format": "partial-date"},
                "event_on": {"type": "string", "format": "date"},
                "number": {"type": "string", "format": "citizen-number"},
                "gender": {"enum": ["MALE", "FEMALE"]},
                "phone": {"type": "string", "format": "phone"},
            },
        },
        "date_bounds": [
            {"answer": "born", "relation": "NOT_AFTER", "to": {"kind": "TODAY"}},
            {"answer": "born", "relation": "NOT_BEFORE", "to": {"kind": "DATE", "date": "1900-01-01"}},
            {"answer": "event_on", "relation": "NOT_BEFORE", "to": {"kind": "ANSWER", "answer": "born"},
                "text": text("Sự kiện phải sau khi sinh.")},
        ],
        "people": [{"citizen_number": "number", "birth_date": "born", "gender": "gender"}],
        "ui": {
            "pages": [{"title": text("Trang"), "fields":
                ["copies", "place", "married", "name", "story", "born", "event_on", "number", "gender", "phone"]}],
            "fields": {
                "copies": {"label": text("Số bản"), "widget": "NUMBER"},
                "place": {"label": text("Nơi"), "widget": "RADIOS"},
                "married": {"label": text("Kết hôn"), "widget": "CHECKBOX"},
                "name": {"label": text("Họ tên"), "widget": "TEXT", "meaning": "NAME"},
                "story": {"label": text("Nội dung"), "widget": "TEXTAREA"},
                "born": {"label": text("Ngày sinh"), "widget": "DATE"},
                "event_on": {"label": text("Ngày đăng ký"), "widget": "DATE"},
                "number": {"label": text("Số định danh"), "widget": "TEXT"},
                "gender": {"label": text("Giới tính"), "widget": "RADIOS"},
                "phone": {"label": text("Điện thoại"), "widget": "TEXT"},
            },
        },
    })
}

/// [`whole`], pinned.
fn pinned() -> PinnedProcedure {
    let procedure = with("/kind", json!({"online": "FULL"}));
    PinnedProcedure { version: 1, form: procedure.form().expect("it works"), procedure }
}

fn stage(code: &str, actions: &[&str], next: &[&str]) -> Value {
    json!({"code": code, "name": {"vi": code, "en": code}, "role": "PROCESSOR", "working_hours": 8, "actions": actions, "next": next})
}

/// [`whole`], with this in its place.
fn with(pointer: &str, value: Value) -> Procedure {
    let mut changed = whole();
    *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is nothing")) = value;
    serde_json::from_value(changed).expect("a procedure")
}
