//! Statuses, roles and languages are fixed words.

use civic::{ClockState, DossierStatus, Language, LocalText, OfficialRole};
use serde_json::json;
use utoipa::PartialSchema;

#[test]
fn statuses_have_the_national_codes_and_names() {
    for (code, word, name) in [
        (1, "REGISTERED", "Mới đăng ký"),
        (2, "RECEIVED", "Được tiếp nhận"),
        (3, "NOT_RECEIVED", "Không được tiếp nhận"),
        (4, "PROCESSING", "Đang xử lý"),
        (5, "SUPPLEMENT_REQUESTED", "Yêu cầu bổ sung giấy tờ"),
        (6, "FEE_DUE", "Yêu cầu thực hiện nghĩa vụ tài chính"),
        (7, "WITHDRAWN", "Công dân yêu cầu rút hồ sơ"),
        (8, "STOPPED", "Dừng xử lý"),
        (9, "COMPLETED", "Đã xử lý xong"),
        (10, "RETURNED", "Đã trả kết quả"),
    ] {
        let status = DossierStatus::from_code(code).unwrap();
        assert_eq!(status.code(), Some(code));
        assert_eq!(status.as_str(), word);
        assert_eq!(status.name(Language::Vi), name);
        assert_eq!(serde_json::to_value(status).unwrap(), json!(word));
    }
    assert_eq!(DossierStatus::Draft.code(), None);
    assert_eq!(DossierStatus::from_code(0), None);
    assert_eq!(DossierStatus::from_code(11), None);
}

#[test]
fn only_received_and_processing_use_the_agency_s_time() {
    let running: Vec<_> = DossierStatus::ALL.iter().filter(|status| status.clock() == ClockState::Running).collect();
    assert_eq!(running, [&DossierStatus::Received, &DossierStatus::Processing]);
    let paused: Vec<_> =
        (1..=10).filter(|code| DossierStatus::from_code(*code).unwrap().clock() == ClockState::Paused).collect();
    assert_eq!(paused, [5, 6, 8]);
}

#[test]
fn words_read_back_and_stand_in_the_schema() {
    for role in OfficialRole::ALL {
        assert_eq!(role.as_str().parse::<OfficialRole>().unwrap(), *role);
        assert_eq!(serde_json::to_value(role).unwrap(), json!(role.as_str()));
    }
    assert!("RECEIVER ".parse::<OfficialRole>().is_err());
    let words: Vec<_> = OfficialRole::ALL.iter().map(|role| role.as_str()).collect();
    let schema = serde_json::to_value(OfficialRole::schema()).unwrap();
    assert_eq!(schema["enum"], json!(words));
}

#[test]
fn accept_language_chooses_by_weight() {
    for (header, language) in [
        ("", Language::Vi),
        ("vi", Language::Vi),
        ("en", Language::En),
        ("en-GB", Language::En),
        ("EN-us,vi;q=0.9", Language::En),
        ("en;q=0.5, vi;q=0.8", Language::Vi),
        ("vi;q=0.5, en;q=0.501", Language::En),
        ("fr, en;q=0.3", Language::En),
        ("fr, de", Language::Vi),
        ("*", Language::Vi),
        ("*, en;q=0.9", Language::Vi),
        ("vi;q=0, en;q=0.1", Language::En),
        ("en;q=0", Language::Vi),
        ("en;q=1.5", Language::Vi),
        ("en ; Q=1.000", Language::En),
        ("en;q=x, ;;,=,", Language::Vi),
    ] {
        assert_eq!(Language::from_accept_language(header), language, "{header:?}");
    }
}

#[test]
fn a_missing_translation_falls_back_to_vietnamese() {
    let text = LocalText::new("Đăng ký khai sinh", "Birth registration");
    assert_eq!(text.get(Language::Vi), "Đăng ký khai sinh");
    assert_eq!(text.get(Language::En), "Birth registration");
    assert_eq!(LocalText::new("Khai tử", "").get(Language::En), "Khai tử");
}
