//! What does not fit the document never reaches a service, and the answer says what is wrong.

use reqwest::Method;

use crate::gate::{DOSSIER, Gate, faults, sent};

#[tokio::test]
async fn a_json_body_that_fits_goes_through_as_it_was_written() {
    let gate = Gate::start().await;
    let body = "{ \"procedure\":\"1.000656\", \"applicant\":{\"name\":\"Nguyễn Văn An\",\"born\":\"1990-02-28\"}, \"copies\":2 }";
    let answer = gate.post("/api/v1/dossiers", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["body"], body);
}

#[tokio::test]
async fn every_wrong_field_is_named_by_its_pointer_and_the_keyword_that_failed() {
    let gate = Gate::start().await;
    let body = r#"{"procedure": "x", "applicant": {"name": "", "born": "1990-02-30", "role": "ADMIN"}, "copies": 11, "fee_waived": true}"#;
    let answer = gate.post("/api/v1/dossiers", body).await;
    assert_eq!((answer.status, &*answer.code()), (400, "invalid"));
    let mut found = answer.faults();
    found.sort();
    let expected = [
        ("/applicant/born", "format"),
        ("/applicant/name", "minLength"),
        ("/applicant/role", "additionalProperties"),
        ("/copies", "maximum"),
        ("/fee_waived", "additionalProperties"),
        ("/procedure", "pattern"),
    ];
    assert_eq!(found, faults(&expected));
    let missing = gate.post("/api/v1/dossiers", r#"{"applicant": {}}"#).await.faults();
    let mut missing = missing;
    missing.sort();
    assert_eq!(missing, faults(&[("/applicant/name", "required"), ("/procedure", "required")]));
    assert_eq!(gate.post("/api/v1/dossiers", "[]").await.faults(), faults(&[("", "type")]));
}

#[tokio::test]
async fn the_sentences_are_in_the_language_asked_for() {
    let gate = Gate::start().await;
    let call = |language: &str| {
        let call = gate.call(Method::POST, "/api/v1/dossiers").header("content-type", "application/json");
        let body = r#"{"procedure": "1.000656", "applicant": {"name": ""}}"#;
        sent(call.header("accept-language", language).body(body))
    };
    let (vi, en) = (call("vi-VN").await, call("en;q=0.9").await);
    assert_eq!(vi.json()["errors"][0]["detail"], "Không được để trống, ví dụ An.");
    assert_eq!(vi.headers("content-language"), ["vi"]);
    assert_eq!(en.json()["errors"][0]["detail"], "It may not be empty, like An.");
    assert_eq!(en.headers("content-language"), ["en"]);
}

#[tokio::test]
async fn json_that_cannot_be_read_is_malformed() {
    let gate = Gate::start().await;
    for body in [
        "{",
        "{\"a\":1,\"a\":2}",
        "NaN",
        "{\"copies\":1e999}",
        "\u{feff}{}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud800\"}",
        "{}x",
    ] {
        let answer = gate.post("/api/v1/sessions", body).await;
        assert_eq!((answer.status, &*answer.code()), (400, "malformed"), "{body}");
        assert_eq!(answer.faults(), faults(&[("", "json")]));
    }
}

#[tokio::test]
async fn a_missing_body_is_named_and_an_optional_one_may_be_left_out() {
    let gate = Gate::start().await;
    assert_eq!(gate.post("/api/v1/dossiers", "").await.faults(), faults(&[("", "required")]));
    assert_eq!(sent(gate.call(Method::POST, "/api/v1/sessions")).await.faults(), faults(&[("", "required")]));
    assert_eq!(sent(gate.call(Method::PUT, DOSSIER)).await.status, 200);
}

#[tokio::test]
async fn an_operation_without_a_body_takes_none_but_an_empty_object() {
    let gate = Gate::start().await;
    let path = format!("{DOSSIER}/withdrawal");
    let call = |body: &'static str| {
        let call =
            gate.call(Method::POST, &path).header("idempotency-key", "k").header("content-type", "application/json");
        sent(call.body(body))
    };
    assert_eq!(call("").await.status, 200);
    assert_eq!(call("{}").await.status, 200);
    assert_eq!(call("{\"status\": \"APPROVED\"}").await.faults(), faults(&[("", "additionalProperties")]));
}

#[tokio::test]
async fn parameters_are_checked_as_the_types_they_stand_for() {
    let gate = Gate::start().await;
    for query in ["", "?page_size=1&open=true&status=DRAFT", "?tag=ab&tag=cd", "?open=false"] {
        assert_eq!(gate.get(&format!("/api/v1/dossiers{query}")).await.status, 200, "{query}");
    }
    for (query, expected) in [
        ("page_size=0", ("page_size", "minimum")),
        ("page_size=-5", ("page_size", "minimum")),
        ("page_size=ten", ("page_size", "type")),
        ("page_size=1.5", ("page_size", "type")),
        ("page_size=", ("page_size", "type")),
        ("page_size=1&page_size=2", ("page_size", "duplicate")),
        ("open=yes", ("open", "type")),
        ("status=draft", ("status", "enum")),
        ("tag=ab&tag=c", ("tag/1", "minLength")),
        ("sort=name", ("sort", "additionalProperties")),
    ] {
        let answer = gate.get(&format!("/api/v1/dossiers?{query}")).await;
        assert_eq!((answer.status, answer.faults()), (400, faults(&[expected])), "{query}");
    }
    for query in ["tag=%ff%fe", "tag=a%00b", "%ff=1"] {
        assert_eq!(gate.get(&format!("/api/v1/dossiers?{query}")).await.code(), "malformed", "{query}");
    }
}

#[tokio::test]
async fn a_path_parameter_is_checked() {
    let gate = Gate::start().await;
    let answer = gate.get("/api/v1/dossiers/12").await;
    assert_eq!((answer.status, answer.faults()), (400, faults(&[("id", "format")])));
    assert_eq!(gate.get("/api/v1/dossiers/%ff").await.code(), "malformed");
    assert_eq!(gate.get(DOSSIER).await.status, 200);
}

#[tokio::test]
async fn a_required_header_is_there_once_and_fits() {
    let gate = Gate::start().await;
    let path = format!("{DOSSIER}/withdrawal");
    let without = sent(gate.call(Method::POST, &path)).await;
    assert_eq!((without.status, &*without.code()), (400, "idempotency-key-required"));
    let unversioned = sent(gate.call(Method::PATCH, &path)).await;
    assert_eq!((unversioned.status, &*unversioned.code()), (428, "if-match-required"));
    let twice = gate.call(Method::POST, &path).header("idempotency-key", "a").header("idempotency-key", "b");
    assert_eq!(sent(twice).await.faults(), faults(&[("Idempotency-Key", "duplicate")]));
    let long = gate.call(Method::POST, &path).header("idempotency-key", "k".repeat(256));
    assert_eq!(sent(long).await.faults(), faults(&[("Idempotency-Key", "maxLength")]));
}

#[tokio::test]
async fn a_free_form_query_takes_any_name_and_checks_it() {
    let gate = Gate::start().await;
    let answer = gate.get("/api/v1/payments/ipn?amount=800000&vnp_x=abc&vnp_y=").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(gate.get("/api/v1/payments/ipn?vnp_x=abc").await.faults(), faults(&[("/amount", "required")]));
    assert_eq!(gate.get("/api/v1/payments/ipn?amount=1&x=123456789").await.faults(), faults(&[("/x", "maxLength")]));
    assert_eq!(gate.get("/api/v1/payments/ipn?amount=1&x=1&x=2").await.faults(), faults(&[("/x", "duplicate")]));
}

#[tokio::test]
async fn a_form_is_checked_and_passed_on_as_it_was_written() {
    let gate = Gate::start().await;
    let post = |body: &'static str| {
        let call =
            gate.call(Method::POST, "/api/v1/oauth/token").header("content-type", "application/x-www-form-urlencoded");
        sent(call.body(body))
    };
    let answer = post("grant_type=client_credentials&scope=a+b").await;
    assert_eq!((answer.status, &answer.json()["body"]), (200, &"grant_type=client_credentials&scope=a+b".into()));
    assert_eq!(post("grant_type=password").await.faults(), faults(&[("/grant_type", "enum")]));
    assert_eq!(post("scope=a").await.faults(), faults(&[("/grant_type", "required")]));
}
