//! The first check speaks the field's own sentence: what is expected, with an example, in both languages.

use reqwest::Method;

use crate::gate::{DOSSIER, Gate, TestResponse, sent};

/// What is said first, in Vietnamese and in English.
async fn said(gate: &Gate, method: Method, path: &str, content_type: &str, body: &'static str) -> [String; 2] {
    let mut said = [String::new(), String::new()];
    for (language, sentence) in ["vi", "en"].into_iter().zip(&mut said) {
        let call =
            gate.call(method.clone(), path).header("content-type", content_type).header("accept-language", language);
        *sentence = first(&sent(call.body(body)).await);
    }
    said
}

fn first(answer: &TestResponse) -> String {
    answer.json()["errors"][0]["detail"].as_str().unwrap_or_else(|| panic!("no sentence: {}", answer.text)).to_owned()
}

async fn said_of(gate: &Gate, body: &'static str) -> [String; 2] {
    said(gate, Method::POST, "/api/v1/dossiers", "application/json", body).await
}

#[tokio::test]
async fn a_text_of_a_kind_is_refused_with_the_sentence_of_its_kind() {
    let gate = Gate::start().await;
    for (body, sentence) in [
        (
            r#"{"procedure": "1.000656", "applicant": {"name": "An", "number": "00019901234"}}"#,
            civic::CitizenNumber::KIND.sentence(),
        ),
        (
            r#"{"procedure": "1.000656", "applicant": {"name": "An", "phone": "0912 345 67x"}}"#,
            civic::Phone::KIND.sentence(),
        ),
        // Too long it is as well, which tells nobody how a phone number is written.
        (
            r#"{"procedure": "1.000656", "applicant": {"name": "An", "phone": "0912 345 678 hoặc số của mẹ 0987 654 321"}}"#,
            civic::Phone::KIND.sentence(),
        ),
    ] {
        assert_eq!(said_of(&gate, body).await, [sentence.vi, sentence.en]);
    }
    let agency = first(&gate.get("/api/v1/dossiers?agency=H4").await);
    assert_eq!(agency, civic::AgencyCode::KIND.sentence().vi);
}

#[tokio::test]
async fn what_people_paste_passes_to_the_service_as_it_was_written() {
    let gate = Gate::start().await;
    for phone in ["0912-345-678", "(0912) 345 678", "+84 (0)912 345 678", "0084 912 345 678", " 0912.345.678 "] {
        let body = format!(r#"{{"procedure": "1.000656", "applicant": {{"name": "An", "phone": "{phone}"}}}}"#);
        let answer = gate.post("/api/v1/dossiers", &body).await;
        assert_eq!((answer.status, answer.json()["body"].as_str()), (200, Some(&*body)), "{phone}");
    }
    assert_eq!(gate.get("/api/v1/dossiers?agency=%20h44.100").await.status, 200);
}

#[tokio::test]
async fn a_wrong_type_says_which_is_right_with_the_documents_example() {
    let gate = Gate::start().await;
    let told = said_of(&gate, r#"{"procedure": "1.000656", "applicant": {"name": "An"}, "copies": "2"}"#).await;
    assert_eq!(
        told,
        ["Phải là số nguyên, không ở trong ngoặc kép, ví dụ 2.", "It must be a whole number, without quotes, like 2.",]
    );
    let told = said_of(&gate, r#"{"procedure": "1.000656", "applicant": {"name": 7}}"#).await;
    assert_eq!(told, ["Phải là chuỗi trong dấu ngoặc kép, ví dụ An.", "It must be a string, in quotes, like An."]);
    let told = said_of(&gate, r#"{"procedure": "1.000656", "applicant": "An"}"#).await;
    assert_eq!(told, ["Phải là đối tượng, ví dụ {\"a\": 1}.", "It must be an object, like {\"a\": 1}."]);
}

#[tokio::test]
async fn another_form_is_answered_with_the_documents_example() {
    let gate = Gate::start().await;
    let told = said_of(&gate, r#"{"procedure": "x", "applicant": {"name": "An"}}"#).await;
    assert_eq!(
        told,
        [
            "Cách viết chưa đúng, hãy viết như ví dụ 1.000656.",
            "It is not written as it should be; write it like 1.000656.",
        ]
    );
    assert!(first(&gate.get("/api/v1/dossiers?field=Ho%20tich").await).contains("ho-tich"));
    assert!(first(&gate.get("/api/v1/dossiers/12").await).contains("01980000-0000-7000-8000-000000000001"));
    let told = said_of(&gate, r#"{"procedure": "1.000656", "applicant": {"name": "An", "born": "tám"}}"#).await;
    assert_eq!(told[1], "It must be a real date, like 1990-12-31.");
}

#[tokio::test]
async fn what_is_missing_is_named_with_the_documents_example() {
    let gate = Gate::start().await;
    let told = said_of(&gate, r#"{"applicant": {"name": "An"}}"#).await;
    assert_eq!(told, ["Bắt buộc phải có, ví dụ 1.000656.", "It is required, like 1.000656."]);
}

#[tokio::test]
async fn another_media_type_is_told_which_are_taken() {
    let gate = Gate::start().await;
    let told = said(&gate, Method::POST, "/api/v1/dossiers", "text/plain", "{}").await;
    assert!(told.iter().all(|sentence| sentence.ends_with(": application/json.")), "{told:?}");
    let told = said(&gate, Method::POST, &format!("{DOSSIER}/documents"), "text/html", "x").await;
    assert!(told.iter().all(|it| ["PDF", "JPEG", "PNG"].iter().all(|taken| it.contains(taken))), "{told:?}");
    let call = gate.call(Method::POST, "/api/v1/dossiers").header("content-encoding", "gzip");
    let answer = sent(call.header("content-type", "application/json").body("{}")).await;
    assert_eq!((answer.status, first(&answer).contains("Content-Encoding")), (415, true));
}

#[tokio::test]
async fn what_is_too_large_is_told_the_limit() {
    let gate = Gate::start().await;
    let body = format!("\"{}\"", "a".repeat(300 * 1024));
    let answer = gate.post("/api/v1/dossiers", &body).await;
    assert_eq!((answer.status, first(&answer)), (413, "At most 256 KB (262144 bytes) are taken.".to_owned()));
}

#[tokio::test]
async fn each_reason_for_unreadable_json_is_told_apart() {
    let gate = Gate::start().await;
    let mut told = Vec::new();
    for body in
        ["{\"a\": 1, \"a\": 2}", "{\"a\": NaN}", "\u{feff}{}", "{\"a\": \"\\u0000\"}", "{\"a\": \"\\ud800\"}", "{"]
    {
        let [vi, en] = said_of(&gate, body).await;
        assert!(vi.contains("dòng 1") && en.contains("line 1"), "{vi} {en}");
        told.push(en.split(" (line").next().unwrap_or_default().to_owned());
    }
    told.push(first(&gate.post("/api/v1/dossiers", &"[".repeat(65)).await));
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 7, "{told:?}");
}

#[tokio::test]
async fn what_is_wrong_in_what_may_be_left_out_is_said_where_it_stands() {
    let gate = Gate::start().await;
    for (guardian, pointer, code) in [
        (r#"{"phone": "abc"}"#, "/applicant/guardian/phone", "format"),
        ("{}", "/applicant/guardian/phone", "required"),
        ("1", "/applicant/guardian", "type"),
    ] {
        let body = format!(r#"{{"procedure": "1.000656", "applicant": {{"name": "An", "guardian": {guardian}}}}}"#);
        let refused = gate.post("/api/v1/dossiers", &body).await;
        let first = &refused.json()["errors"][0];
        assert_eq!((first["pointer"].as_str(), first["code"].as_str()), (Some(pointer), Some(code)), "{guardian}");
    }
    for guardian in ["null", r#"{"phone": "0912 345 678"}"#] {
        let body = format!(r#"{{"procedure": "1.000656", "applicant": {{"name": "An", "guardian": {guardian}}}}}"#);
        assert_eq!(gate.post("/api/v1/dossiers", &body).await.status, 200, "{guardian}");
    }
}

#[tokio::test]
async fn what_is_too_long_is_told_without_a_number_that_nobody_counts_by() {
    let gate = Gate::start().await;
    let body = r#"{"procedure": "1.000656", "applicant": {"name": "Nguyễn Thị Minh Khai Hoàng Hoa Thám"}}"#;
    assert_eq!(said_of(&gate, body).await, ["Quá dài; hãy viết ngắn hơn.", "It is too long; write less."]);
}
