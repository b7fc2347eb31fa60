//! `PUT /api/v1/dossiers/{id}/answers`

use serde_json::json;
use testkit::Method;

use crate::fixture::{BIRTH, COPY, Fixture, HERE, birth, errors};

#[tokio::test]
async fn a_draft_may_be_filled_bit_by_bit() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let some = json!({"child_name": "Nguyễn Minh Khôi"});
    let answer = fixture.answer(&an, &dossier, &some).await.expect(200);
    assert_eq!((&answer.json["answers"], answer.header("etag")), (&some, Some("\"2\"")));
    let answer = fixture.answer(&an, &dossier, &birth()).await.expect(200);
    assert_eq!(answer.json["answers"], birth());
    let answer = fixture.answer(&an, &dossier, &json!({})).await.expect(200);
    assert_eq!(answer.json["answers"], json!({}));
}

#[tokio::test]
async fn what_is_wrong_is_named_by_pointer_and_keyword_in_the_language_asked_for() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let wrong = json!({"copies": 21, "event": "PARTY", "person_name": "", "status": "COMPLETED"});
    let put = an.call("submissions", Method::PUT, &format!("{dossier}/answers")).header("if-match", "\"1\"");
    let answer = put.header("accept-language", "en").json(&wrong).send().await.expect(400);
    let mut found = errors(&answer);
    found.sort();
    let expected =
        [("/copies", "maximum"), ("/event", "enum"), ("/person_name", "minLength"), ("/person_name", "pattern")];
    let expected = expected.into_iter().chain([("/status", "additionalProperties")]);
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).collect::<Vec<_>>());
    let details = answer.json["errors"].to_string();
    assert!(details.contains("This must be 20 or less."), "{details}");
    let answer = fixture.answer(&an, &dossier, &wrong).await.expect(400);
    assert!(answer.json["errors"].to_string().contains("Không được vượt quá 20."), "{}", answer.json);
    assert_eq!(fixture.get(&an, &dossier).await.json["answers"], json!({}));
}

#[tokio::test]
async fn answers_that_no_database_or_printer_takes_are_400_and_never_500() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let path = format!("{dossier}/answers");
    let deep = format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200));
    for body in [
        r#"{"person_name": "A\u0000"}"#,
        r#"{"copies": 1e999}"#,
        r#"{"copies": 99999999999999999999999}"#,
        r#"{"person_name": "\ud800"}"#,
        r#"["copies"]"#,
        "null",
        "{",
        &deep,
    ] {
        let put = an.call("submissions", Method::PUT, &path).header("if-match", "\"1\"");
        let answer = put.body(body, "application/json").send().await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.json);
    }
}

#[tokio::test]
async fn a_change_needs_the_version_it_was_made_from() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let path = format!("{dossier}/answers");
    let put = || an.call("submissions", Method::PUT, &path).json(&json!({"copies": 1}));
    assert_eq!(put().send().await.json["code"], "if-match-required");
    let _ = put().header("if-match", "\"1\"").send().await.expect(200);
    assert_eq!(put().header("if-match", "\"1\"").send().await.expect(412).json["code"], "stale");
}

#[tokio::test]
async fn a_filed_dossier_keeps_its_answers() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, COPY).await;
    let answer = fixture.answer(&an, &dossier, &json!({})).await.expect(409);
    assert_eq!(answer.json["code"], "not-a-draft");
}
