//! Bodies: strict JSON, or a problem that names the field.

use serde_json::json;
use testkit::{Call, Installation, Method};

use crate::probe::installation;

fn add(installation: &Installation) -> Call {
    installation.citizen("An").call("probe", Method::POST, "/api/v1/notes").key("k")
}

#[tokio::test]
async fn an_unknown_field_or_a_wrong_type_is_named_by_its_pointer() {
    let installation = installation().await;
    let answer = add(&installation).json(&json!({"text": "a", "pages": 300})).send().await.expect(400);
    assert_eq!(answer.text("/errors/0/pointer"), "/pages");
    let answer = add(&installation).json(&json!({"text": "a", "marks": [1, 300]})).send().await.expect(400);
    assert_eq!(answer.text("/errors/0/pointer"), "/marks/1");
    let answer = add(&installation).json(&json!({"text": "a", "author": "me"})).send().await.expect(400);
    assert!(answer.text("/errors/0/detail").contains("author"));
}

#[tokio::test]
async fn a_number_with_a_decimal_point_is_told_to_be_written_whole() {
    let installation = installation().await;
    for pages in [json!(0.0), json!(2.0), json!(2.5)] {
        let answer = add(&installation).json(&json!({"text": "a", "pages": pages})).send().await.expect(400);
        assert_eq!((answer.text("/errors/0/pointer"), answer.text("/errors/0/code")), ("/pages", "type"));
        assert!(answer.text("/errors/0/detail").contains("ví dụ 2"), "{}", answer.json);
    }
}

#[tokio::test]
async fn malformed_json_another_type_and_a_large_body_are_told_apart() {
    let installation = installation().await;
    for malformed in ["{\"text\":", "{\"text\":\"a\"} x", "[1,", "\u{feff}{}"] {
        let answer = add(&installation).body(malformed, "application/json").send().await;
        assert_eq!(answer.status, 400, "{malformed}");
    }
    let answer = add(&installation).body("<a/>", "application/xml").send().await.expect(415);
    assert_eq!(answer.text("/code"), "unsupported-media-type");
    assert!(answer.text("/errors/0/detail").contains("application/json"));
    let large = format!("{{\"text\":\"{}\"}}", "a".repeat(300 * 1024));
    let answer = add(&installation).body(large, "application/json").send().await.expect(413);
    assert_eq!((answer.text("/code"), answer.text("/errors/0/code")), ("too-large", "too-large"));
    assert!(answer.text("/errors/0/detail").contains("262144"));
}

#[tokio::test]
async fn json_of_ten_thousand_levels_is_refused_and_the_service_lives() {
    let installation = installation().await;
    let deep = format!("{{\"text\":{}", "[".repeat(10_000));
    add(&installation).body(deep, "application/json").send().await.expect(400);
    add(&installation).json(&json!({"text": "a"})).send().await.expect(201);
}
