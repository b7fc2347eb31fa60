//! `POST /api/v1/tracking`

use serde_json::json;
use testkit::Method;

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
