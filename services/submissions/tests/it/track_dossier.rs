//! `POST /api/v1/tracking`

use serde_json::json;
use testkit::{Method, eventually};

use crate::fixture::{COPY, Fixture};

#[tokio::test]
async fn code_and_secret_show_where_a_dossier_stands_and_nothing_of_whose_it_is() {
    let fixture = Fixture::open().await;
    let (_, receipt) = fixture.filed(&fixture.an(), COPY).await;
    let question = json!({"code": receipt.json["code"], "secret": receipt.json["tracking_secret"]});
    let call = fixture.installation.nobody().call("submissions", Method::POST, "/api/v1/tracking");
    let answer = call.json(&question).send().await.expect(200);
    let status = json!({
        "status": "FEE_DUE",
        "code": 6,
        "name": {"vi": "Yêu cầu thực hiện nghĩa vụ tài chính", "en": "Financial obligation due"},
    });
    assert_eq!(answer.json["status"], status);
    assert_eq!(answer.json["agency_name"]["vi"], "Phường Việt Trì");
    assert_eq!(answer.json["history"][1]["status"], status);
    assert_eq!(answer.json["due_at"], receipt.json["due_at"]);
    let text = answer.json.to_string();
    assert!(!text.contains("Nguyễn") && !text.contains(receipt.text("/dossier_id")), "{text}");
}

#[tokio::test]
async fn a_code_is_a_code_in_any_case_and_with_blanks_around() {
    let fixture = Fixture::open().await;
    let (_, receipt) = fixture.filed(&fixture.an(), COPY).await;
    let (code, secret) = (receipt.text("/code"), receipt.text("/tracking_secret"));
    for typed in [code.to_lowercase(), format!(" {code}\n"), code.replace('-', " \u{2013} ")] {
        let question = json!({"code": typed, "secret": format!(" {} ", secret.to_uppercase())});
        let call = fixture.installation.nobody().call("submissions", Method::POST, "/api/v1/tracking");
        assert_eq!(call.json(&question).send().await.expect(200).text("/code"), code, "{typed:?}");
    }
}

#[tokio::test]
async fn what_is_no_code_is_refused_with_the_sentence_of_codes() {
    let fixture = Fixture::open().await;
    let call = fixture.installation.nobody().call("submissions", Method::POST, "/api/v1/tracking");
    let refused = call.json(&json!({"code": "không phải mã", "secret": "x"})).send().await.expect(400);
    assert_eq!((refused.text("/errors/0/pointer"), refused.text("/errors/0/code")), ("/code", "dossier-code"));
    assert!(refused.text("/errors/0/detail").starts_with("Nhập mã hồ sơ"), "{}", refused.json);
}

#[tokio::test]
async fn a_wrong_code_and_a_wrong_secret_are_answered_alike() {
    let fixture = Fixture::open().await;
    let (_, receipt) = fixture.filed(&fixture.an(), COPY).await;
    let ask = async |code: &str, secret: &str| {
        let call = fixture.installation.nobody().call("submissions", Method::POST, "/api/v1/tracking");
        call.json(&json!({"code": code, "secret": secret})).send().await
    };
    let wrong_secret = ask(receipt.text("/code"), "00000000000000000000").await.expect(404);
    let wrong_code = ask("H44.100-260721-0002", receipt.text("/tracking_secret")).await.expect(404);
    for field in ["code", "title", "status", "type", "errors"] {
        assert_eq!(wrong_secret.json[field], wrong_code.json[field]);
    }
    let _ = ask(receipt.text("/code"), "\u{0}").await.expect(404);
    let _ = ask("no code", "x").await.expect(400);
}

#[tokio::test]
async fn wrong_secrets_and_unknown_codes_leave_a_trace_without_what_was_typed() {
    let fixture = Fixture::open().await;
    let (path, receipt) = fixture.filed(&fixture.an(), COPY).await;
    for (code, times) in [(receipt.text("/code"), 3), ("H44.100-260721-0002", 1)] {
        for _ in 0..times {
            let call = fixture.installation.nobody().call("submissions", Method::POST, "/api/v1/tracking");
            let call = call.header("x-forwarded-for", "203.0.113.7");
            call.json(&json!({"code": code, "secret": "feedfacefeedfacefeed"})).send().await.expect(404);
        }
    }
    fixture.installation.clock.advance(chrono::TimeDelta::minutes(1));
    let tried = "audit_log where action = 'tracking.refused' and actor_kind = 'STRANGER' and origin = '203.0.113.7'";
    let id = path.rsplit('/').next().expect("an id");
    let of_dossier =
        format!("{tried} and subject_type = 'dossier' and subject_id = '{id}' and detail ->> 'times' = '3'");
    eventually(async || (fixture.count(&of_dossier).await == 1).then_some(())).await;
    eventually(async || (fixture.count(tried).await == 2).then_some(())).await;
    assert_eq!(fixture.count("audit_log a where a::text like '%feedface%'").await, 0);
}
