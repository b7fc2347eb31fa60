//! `PUT /api/v1/dossiers/{id}/answers`

use serde_json::json;
use testkit::Method;

use crate::fixture::{BIRTH, COPY, Fixture, HERE, RESIDENCE, birth, errors};

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
    let expected = [
        ("/copies", "maximum"),
        ("/event", "enum"),
        ("/person_name", "minLength"),
        ("/status", "additionalProperties"),
    ];
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    let details = answer.json["errors"].to_string();
    assert!(details.contains("This must be 20 or less."), "{details}");
    let answer = fixture.answer(&an, &dossier, &wrong).await.expect(400);
    assert!(answer.json["errors"].to_string().contains("Không được vượt quá 20."), "{}", answer.json);
    assert_eq!(fixture.get(&an, &dossier).await.json["answers"], json!({}));
}

#[tokio::test]
async fn answers_are_kept_in_one_form_however_they_were_typed() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, RESIDENCE, HERE).await;
    let typed = json!({
        "person_name": "  Tra\u{302}\u{300}n  Thị Lan\n", "person_phone": "+84 (0)912 345 678",
        "person_citizen_number": "000 192 000 123", "person_email": " lan@EXAMPLE.vn ", "content": "Kính gửi:\r\ntôi xin ",
    });
    let kept = json!({
        "person_name": "Trần Thị Lan", "person_phone": "+84912345678", "person_citizen_number": "000192000123",
        "person_email": "lan@example.vn", "content": "Kính gửi:\ntôi xin",
    });
    assert_eq!(fixture.answer(&an, &dossier, &typed).await.expect(200).json["answers"], kept);
    let hidden = json!({"person_name": "Trần\u{202E} Thị Lan"});
    let refused = fixture.answer(&an, &dossier, &hidden).await.expect(400);
    assert_eq!(errors(&refused), [("/person_name".into(), "invisible-character".into())]);
    assert_eq!(fixture.get(&an, &dossier).await.json["answers"], kept);
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_the_draft_already_beside_its_field() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.publish(BIRTH, 2, include_str!("../../../catalogue/data/procedures/1.001193/3.json")).await;
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    for (answers, pointer) in [
        (json!({"child_birth_date": "2031-05-01"}), "/child_birth_date"),
        (json!({"child_birth_date": "2026-07-12", "mother_birth_date": "2026-11-25"}), "/mother_birth_date"),
        (json!({"child_birth_date": "2026-07-12", "father_birth_date": "2026-07-12"}), "/father_birth_date"),
        (json!({"mother_birth_date": "1997", "mother_citizen_number": "000196012345"}), "/mother_citizen_number"),
    ] {
        let refused = fixture.answer(&an, &dossier, &answers).await.expect(400);
        let found: Vec<_> = errors(&refused).into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(found, [pointer], "{answers}");
    }
    let possible =
        json!({"child_birth_date": "2026-07-21", "mother_birth_date": "1997", "father_birth_date": "1996-05"});
    assert_eq!(fixture.answer(&an, &dossier, &possible).await.expect(200).json["answers"], possible);
}

#[tokio::test]
async fn a_parent_is_nine_years_older_than_the_child_and_the_bound_is_data() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.publish(BIRTH, 2, include_str!("../../../catalogue/data/procedures/1.001193/5.json")).await;
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    for (parent, born, taken) in [
        ("mother", "2026-11-25", false),
        ("mother", "2017-07-13", false),
        ("mother", "2017-07-12", true),
        ("mother", "2017", true),
        ("mother", "2018", false),
        ("father", "2017-07-13", false),
        ("father", "1996-05", true),
    ] {
        let date = format!("{parent}_birth_date");
        let answers = json!({"child_birth_date": "2026-07-12", date.as_str(): born});
        let answer = fixture.answer(&an, &dossier, &answers).await.expect(if taken { 200 } else { 400 });
        let expected = if taken { vec![] } else { vec![(format!("/{date}"), "date-bound".to_owned())] };
        assert_eq!(errors(&answer).into_iter().collect::<Vec<_>>(), expected, "{answers}");
    }
}

#[tokio::test]
async fn a_persons_name_is_letters_where_the_form_says_that_it_is_one() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let before = fixture.draft(&an, COPY, HERE).await;
    fixture.publish(COPY, 2, include_str!("../../../catalogue/data/procedures/2.000635/4.json")).await;
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let sentence = json!({"person_name": "Trần Thị Lan, gọi 0912345678", "applicant_name": "Lan <lan@example.vn>"});
    let refused = fixture.answer(&an, &dossier, &sentence).await.expect(400);
    let mut found: Vec<_> = errors(&refused).into_iter().collect();
    found.sort();
    assert_eq!(found, ["/applicant_name", "/person_name"].map(|pointer| (pointer.to_owned(), "format".to_owned())));
    assert!(refused.text("/errors/0/detail").contains("ví dụ Nguyễn Thị Minh Khai"), "{}", refused.json);
    let names = json!({"person_name": "Siu H'Bia", "applicant_name": "Tra\u{302}\u{300}n  Thị Lan"});
    let kept = json!({"person_name": "Siu H'Bia", "applicant_name": "Trần Thị Lan"});
    assert_eq!(fixture.answer(&an, &dossier, &names).await.expect(200).json["answers"], kept);
    // What was begun before goes on as it was.
    let _ = fixture.answer(&an, &before, &sentence).await.expect(200);
}

#[tokio::test]
async fn a_draft_of_a_version_without_bounds_takes_what_it_took() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let old = json!({"child_birth_date": "2031-05-01", "mother_birth_date": "2032-11-25"});
    let _ = fixture.answer(&an, &dossier, &old).await.expect(200);
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
