//! `PUT /api/v1/agencies/{code}/contact`: how an agency is reached, kept by who administers it.

use civic::events::AgencyOpened;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse};

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, sign_in};

const HERE: &str = "/api/v1/agencies/H44.100/contact";

async fn somebody(installation: &Installation, login: &str) -> TestCaller {
    let tokens = sign_in(installation, &format!("{login}@h44-100.example.vn"), DEMONSTRATION_PASSWORD).await;
    bearer(installation, &tokens.expect(201))
}

async fn put(who: &TestCaller, path: &str, version: &str, body: &Value) -> TestResponse {
    who.call("accounts", Method::PUT, path).header("if-match", version).json(body).send().await
}

fn contact() -> Value {
    json!({"address": " Số 12  đường Hùng Vương ", "phone": "0210 384 7777", "email": "phuong@example.vn", "tax_number": "0100109106"})
}

#[tokio::test]
async fn what_an_administrator_writes_everybody_reads_and_others_are_told_whole() {
    let installation = demonstration().await;
    let told_before = installation.sent::<AgencyOpened>("accounts").await.len();
    let administrator = somebody(&installation, "quantri").await;
    let changed = put(&administrator, HERE, "\"0\"", &contact()).await.expect(200);
    let kept = json!({"address": "Số 12 đường Hùng Vương", "phone": "+842103847777", "email": "phuong@example.vn", "tax_number": "0100109106"});
    assert_eq!((&changed.json["contact"], changed.header("etag")), (&kept, Some("\"1\"")));
    let read = installation.nobody().call("accounts", Method::GET, "/api/v1/agencies/H44.100").send().await.expect(200);
    assert_eq!((&read.json["contact"], read.header("etag")), (&kept, Some("\"1\"")));
    let told = installation.sent::<AgencyOpened>("accounts").await;
    let [told] = &told[told_before..] else { panic!("it is told once: {told:?}") };
    assert_eq!(told.contact.tax_number.as_ref().map(civic::TaxNumber::as_str), Some("0100109106"));
    assert_eq!(told.name.vi, read.text("/name/vi"));
    let audited = "select concat_ws(' ', actor_kind, subject_id, detail ->> 'version') from audit_log where action = 'agency_contact.changed'";
    assert_eq!(ask(&installation, audited).await, "OFFICIAL H44.100 1");
    // Everything is replaced: what is left out is not known any more.
    let bare = put(&administrator, HERE, "\"1\"", &json!({"address": "  "})).await.expect(200);
    assert_eq!(bare.json["contact"], json!({}));
}

#[tokio::test]
async fn of_two_administrators_the_second_is_told_that_it_changed() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    let _ = put(&administrator, HERE, "\"0\"", &contact()).await.expect(200);
    let stale = put(&administrator, HERE, "\"0\"", &contact()).await.expect(412);
    assert_eq!(stale.json["code"], "stale");
    let blind = administrator.call("accounts", Method::PUT, HERE).json(&contact()).send().await.expect(428);
    assert_eq!(blind.json["code"], "if-match-required");
}

#[tokio::test]
async fn only_who_administers_an_agency_changes_its_contact_and_no_other() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    let elsewhere = put(&administrator, "/api/v1/agencies/H44.101/contact", "\"0\"", &contact()).await.expect(404);
    assert_eq!(elsewhere.json["code"], "agency-not-found");
    for login in ["tiepnhan", "lanhdao", "giamsat"] {
        let _ = put(&somebody(&installation, login).await, HERE, "\"0\"", &contact()).await.expect(403);
    }
    let _ = put(&installation.nobody(), HERE, "\"0\"", &contact()).await.expect(401);
}

#[tokio::test]
async fn what_is_no_phone_mailbox_or_tax_number_is_refused_beside_its_field() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    for (field, value) in
        [("phone", "12"), ("email", "phuong"), ("tax_number", "0100109107"), ("address", &*"a".repeat(301))]
    {
        let refused = put(&administrator, HERE, "\"0\"", &json!({field: value})).await.expect(400);
        assert_eq!(refused.text("/errors/0/pointer"), format!("/{field}"));
    }
    let read = installation.nobody().call("accounts", Method::GET, "/api/v1/agencies/H44.100").send().await.expect(200);
    assert_eq!(read.header("etag"), Some("\"0\""));
}
