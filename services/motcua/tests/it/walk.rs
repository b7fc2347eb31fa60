//! One real dossier all the way, through the gateway.

use civic::OfficialRole;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, eventually};
use uuid::Uuid;

use crate::fixture::{Fixture, PDF, civil_status_copy, get, post, submit, upload};

const EMAIL: &str = "lan@example.vn";
const PASSWORD: &str = "mot-cua-la-mot-cua";

/// Registers, confirms by the code that arrives, signs in.
pub async fn register(fixture: &Fixture) -> TestCaller {
    let body = json!({
        "name": "Trần Thị Lan", "email": EMAIL, "phone": "0912 345 678",
        "citizen_number": "000192000123", "birth_date": "1992-03-08", "gender": "FEMALE", "password": PASSWORD,
    });
    let begun = post(&fixture.nobody(), "/api/v1/registrations", &body).await.expect(202);
    let mail = fixture.mail(EMAIL, "mã").await;
    let text = mail["text"].as_str().expect("a text").to_owned();
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("a code of six digits");
    let path = format!("/api/v1/registrations/{}/confirmation", begun.text("/registration_id"));
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = post(&fixture.nobody(), &path, &json!({"code": wrong})).await.expect(422);
    assert_eq!(refused.text("/code"), "code-wrong");
    post(&fixture.nobody(), &path, &json!({"code": code})).await.expect(201);
    fixture.sign_in_with(EMAIL, PASSWORD).await
}

pub async fn order(by: &TestCaller, id: &str) -> Value {
    eventually(|| async {
        let answer = get(by, &format!("/api/v1/payment-orders/{id}")).await;
        (answer.status == 200).then_some(answer.json)
    })
    .await
}

pub async fn pay(fixture: &Fixture, by: &TestCaller, order_id: &str) {
    let started = post(by, &format!("/api/v1/payment-orders/{order_id}/attempts"), &json!({"provider": "VNPAY"})).await;
    assert!(matches!(started.status, 200 | 201), "{}", started.json);
    let (status, _) = fixture.pay(started.text("/pay_url"), "pay").await;
    assert_eq!(status, 200);
    eventually(|| async { (order(by, order_id).await["status"] == "PAID").then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fee_is_paid_by_whichever_wallet_the_payer_chooses() {
    let fixture = Fixture::open().await;
    let an = fixture.sign_in("an@example.vn").await;
    for provider in ["MOMO", "ZALOPAY", "NATIONAL", "VIETQR"] {
        let draft = fixture.draft(&an, "2.000635", "H44.100", &civil_status_copy()).await;
        upload(&an, &draft, "GIAY_TO_KHAC").await.expect(201);
        let filed = submit(&an, &draft).await.expect(201);
        let id = filed.text("/fee/order_id").to_owned();
        let ways = order(&an, &id).await["ways"].clone();
        assert!(ways.as_array().expect("ways").contains(&json!(provider)), "{ways}");
        let attempts = format!("/api/v1/payment-orders/{id}/attempts");
        let started = post(&an, &attempts, &json!({"provider": provider})).await.expect(201);
        match provider {
            "VIETQR" => fixture.transfer(&json!({"qr": started.text("/transfer/text")})).await,
            "NATIONAL" => fixture.pay_without_return(started.text("/pay_url")).await,
            _ => fixture.pay_at_checkout(started.text("/pay_url"), "pay").await,
        }
        eventually(|| async { (order(&an, &id).await["status"] == "PAID").then_some(()) }).await;
        until_status(&an, &draft, "REGISTERED").await;
        if provider == "NATIONAL" {
            let receipt = get(&an, &format!("/api/v1/payment-orders/{id}/provider-receipt")).await.expect(200);
            assert!(receipt.text("/url").contains("/national/receipts/"), "{}", receipt.text("/url"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_else_pays_by_a_link_that_shows_only_what_is_due() {
    let fixture = Fixture::open().await;
    let an = fixture.sign_in("an@example.vn").await;
    let draft = fixture.draft(&an, "2.000635", "H44.100", &civil_status_copy()).await;
    upload(&an, &draft, "GIAY_TO_KHAC").await.expect(201);
    let id = submit(&an, &draft).await.expect(201).text("/fee/order_id").to_owned();
    order(&an, &id).await;
    let link = post(&an, &format!("/api/v1/payment-orders/{id}/links"), &json!({})).await.expect(201);
    let (_, secret) = link.text("/url").rsplit_once('/').expect("an address with a secret");
    let due = post(&fixture.nobody(), "/api/v1/pay-links/reading", &json!({"secret": secret})).await.expect(200);
    let names: Vec<_> = due.json.as_object().expect("what is due").keys().map(String::as_str).collect();
    assert_eq!(names, ["due_at", "expires_at", "left", "lines", "status", "total", "ways"]);
    let wish = json!({"secret": secret, "provider": "MOMO"});
    let started = post(&fixture.nobody(), "/api/v1/pay-links/attempts", &wish).await.expect(201);
    fixture.pay_at_checkout(started.text("/pay_url"), "pay").await;
    until_status(&an, &draft, "REGISTERED").await;
}

async fn status(by: &TestCaller, dossier: &str) -> String {
    get(by, &format!("/api/v1/dossiers/{dossier}")).await.expect(200).text("/status").to_owned()
}

pub async fn until_status(by: &TestCaller, dossier: &str, wanted: &str) {
    eventually(|| async { (status(by, dossier).await == wanted).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_citizen_files_pays_is_answered_and_is_told_at_every_change() {
    let fixture = Fixture::open().await;
    let lan = register(&fixture).await;

    // She finds the procedure.
    let found = get(&fixture.nobody(), "/api/v1/procedures?q=trich%20luc").await.expect(200);
    assert_eq!(found.text("/items/0/code"), "2.000635");

    // She fills and files it.
    let draft = fixture.draft(&lan, "2.000635", "H44.100", &civil_status_copy()).await;
    upload(&lan, &draft, "GIAY_TO_KHAC").await.expect(201);
    let path = format!("/api/v1/dossiers/{draft}/submission");
    let file = async || lan.call("gateway", Method::POST, &path).key("file-1").json(&json!({})).send().await;
    let filed = file().await.expect(201);
    assert_eq!(file().await.expect(201).bytes, filed.bytes, "the same key gives the same answer");
    let code = filed.text("/code").to_owned();
    assert_eq!(code, "H44.100-260721-0001");
    // Filed at 10:00 on a working day, before 15:00: due the same day at close of business.
    assert_eq!(filed.text("/due_at"), "2026-07-21T10:00:00Z");
    assert_eq!(filed.json["fee"]["total"], json!({"amount": 16000, "currency": "VND"}));
    fixture.mail(EMAIL, &code).await;

    // She pays; the officials of that agency are alerted once it is paid, not before.
    assert_eq!(status(&lan, &draft).await, "FEE_DUE");
    assert!(fixture.mails("tiepnhan@h44-100.example.vn").await.is_empty());
    let order_id = filed.json.pointer("/fee/order_id").and_then(Value::as_str).expect("an order").to_owned();
    order(&lan, &order_id).await;
    pay(&fixture, &lan, &order_id).await;
    until_status(&lan, &draft, "REGISTERED").await;
    fixture.mail("tiepnhan@h44-100.example.vn", &code).await;

    // The officials receive and answer it.
    let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
    let list = get(&receiver, "/api/v1/agencies/H44.100/dossiers").await.expect(200);
    assert_eq!(list.text("/items/0/code"), code);
    post(&receiver, &format!("/api/v1/dossiers/{draft}/receipt"), &json!({})).await.expect(200);
    fixture.mail(EMAIL, "đã được tiếp nhận").await;
    let processor = fixture.sign_in("xuly@h44-100.example.vn").await;
    let result = format!("/api/v1/dossiers/{draft}/results?file_name=trich-luc.pdf");
    let result = processor.call("gateway", Method::POST, &result).key("result-1").body(PDF, "application/pdf");
    let result = result.send().await.expect(201);
    post(&processor, &format!("/api/v1/dossiers/{draft}/completion"), &json!({})).await.expect(200);

    // She is told, downloads the result, and anyone with code and secret can follow it.
    fixture.mail(EMAIL, "đã có kết quả").await;
    let download = format!("/api/v1/dossiers/{draft}/results/{}", result.text("/id"));
    assert_eq!(get(&lan, &download).await.expect(200).bytes, PDF);
    let track = json!({"code": code, "secret": filed.text("/tracking_secret")});
    let tracked = post(&fixture.nobody(), "/api/v1/tracking", &track).await.expect(200);
    assert_eq!(tracked.json.pointer("/status").map(|status| status.to_string().contains("COMPLETED")), Some(true));
    // Filed, paid (which says where the receipt is), received, completed: in her inbox too.
    eventually(|| async {
        let inbox = get(&lan, "/api/v1/messages").await.expect(200);
        let mails =
            inbox.json["items"].as_array().into_iter().flatten().filter(|message| message["channel"] == "EMAIL");
        (mails.count() == 4).then_some(())
    })
    .await;
    // Not one mail twice.
    for mail in fixture.mails(EMAIL).await {
        assert_eq!(mail["copies"], 1, "{mail}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_free_procedure_is_filed_and_its_officials_are_alerted_by_mail_and_sms_at_once() {
    let fixture = Fixture::open().await;
    let an = fixture.sign_in("an@example.vn").await;
    let (dossier, filed) = fixture.file_birth_registration(&an, "H44.100").await;
    assert_eq!(filed["fee"], Value::Null);
    assert_eq!(status(&an, &dossier).await, "REGISTERED");
    let code = filed["code"].as_str().expect("a code");
    fixture.mail("tiepnhan@h44-100.example.vn", code).await;
    let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
    let phone = get(&receiver, "/api/v1/accounts/me").await.expect(200).text("/phone").to_owned();
    eventually(|| async {
        let texts = fixture.texts(&phone).await;
        texts.iter().any(|sms| sms.to_string().contains(code)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisations_program_files_for_its_organisation_over_the_same_operations() {
    let fixture = Fixture::open().await;
    let client = fixture.sign_in_client().await;
    let draft = fixture.draft(&client, "2.000635", "H44.101", &civil_status_copy()).await;
    let filed = submit(&client, &draft).await.expect(201);
    assert_eq!(filed.text("/code"), "H44.101-260721-0001");
    let order_id = filed.json.pointer("/fee/order_id").and_then(Value::as_str).expect("an order").to_owned();
    order(&client, &order_id).await;
    pay(&fixture, &client, &order_id).await;
    until_status(&client, &draft, "REGISTERED").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_dossier_is_not_there_for_a_stranger_or_another_agencys_official() {
    let fixture = Fixture::open().await;
    let (an, binh) = (fixture.sign_in("an@example.vn").await, fixture.sign_in("binh@example.vn").await);
    let (dossier, filed) = fixture.file_birth_registration(&an, "H44.100").await;
    let there = fixture.sign_in("tiepnhan@h44-101.example.vn").await;
    let path = format!("/api/v1/dossiers/{dossier}");
    for stranger in [&binh, &there, &fixture.installation.official(&[("H44.100", OfficialRole::Cashier)])] {
        let answer = get(stranger, &path).await;
        assert!(answer.status == 404 || answer.status == 401, "{}", answer.status);
    }
    post(&there, &format!("{path}/receipt"), &json!({})).await.expect(404);
    get(&there, "/api/v1/agencies/H44.100/dossiers").await.expect(404);
    let wrong = json!({"code": filed["code"], "secret": "AAAAAAAAAAAAAAAAAAAAAA"});
    let answer = post(&fixture.nobody(), "/api/v1/tracking", &wrong).await;
    assert!(answer.status == 404 || answer.status == 400, "{}", answer.status);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_request_id_of_a_filing_reaches_its_mail_and_a_strangers_trace_does_not() {
    let fixture = Fixture::open().await;
    let an = fixture.sign_in("an@example.vn").await;
    let draft = fixture.draft(&an, "2.000635", "H44.100", &civil_status_copy()).await;
    let filing = an.call("gateway", Method::POST, &format!("/api/v1/dossiers/{draft}/submission"));
    let filed = filing
        .key(&Uuid::new_v4().to_string())
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .header("x-request-id", "counter-7")
        .json(&json!({}))
        .send()
        .await
        .expect(201);
    let mail = fixture.mail("an@example.vn", filed.text("/code")).await.to_string();
    assert!(mail.contains("counter-7") && !mail.contains("0af7651916cd43dd8448eb211c80319c"), "{mail}");
}
