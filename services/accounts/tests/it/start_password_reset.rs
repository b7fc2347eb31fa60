//! Asking for a code to choose a new password.

use chrono::TimeDelta;
use civic::events::ConfirmationStarted;
use serde_json::json;
use testkit::{Installation, Method, TestResponse, eventually};

use crate::{
    account_changes::code_of,
    people::{DEMONSTRATION_PASSWORD, ask, demonstration, sign_in_from},
};

const AN: &str = "an@example.vn";

pub async fn forgotten(installation: &Installation, email: &str) -> TestResponse {
    forgotten_at(installation, "203.0.113.1", email, None).await
}

async fn forgotten_at(installation: &Installation, origin: &str, email: &str, device: Option<&str>) -> TestResponse {
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/password-resets");
    let mut body = json!({"email": email});
    if let Some(device) = device {
        body["device"] = json!(device);
    }
    call.json(&body).header("x-forwarded-for", origin).send().await
}

async fn all_jobs_done(installation: &Installation) {
    let waiting = "select count(*) from jobs where kind = 'send_reset_code' and failed_at is null";
    eventually(async || (ask(installation, waiting).await == "0").then_some(())).await;
}

#[tokio::test]
async fn a_code_goes_to_the_address_of_the_account_and_works_for_ten_minutes() {
    let installation = demonstration().await;
    let started = forgotten(&installation, "AN@example.vn").await.expect(202);
    let (code, address) = code_of(&installation, started.text("/password_reset_id")).await;
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(address, AN);
    let sent = installation.sent::<ConfirmationStarted>("accounts").await;
    assert_eq!(sent[0].expires_at, installation.clock.now() + TimeDelta::minutes(10));
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer_and_no_code() {
    let installation = demonstration().await;
    let known = forgotten(&installation, AN).await.expect(202);
    let unknown = forgotten(&installation, "nobody@example.vn").await.expect(202);
    let names = |answer: &TestResponse| answer.json.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    assert_eq!(known.text("/expires_at"), unknown.text("/expires_at"));
    all_jobs_done(&installation).await;
    assert_eq!(installation.sent::<ConfirmationStarted>("accounts").await.len(), 1);
}

#[tokio::test]
async fn strangers_cannot_use_up_what_the_owner_may_be_sent() {
    let installation = demonstration().await;
    let known = sign_in_from(&installation, "198.51.100.7", AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    for _ in 0..7 {
        forgotten(&installation, AN).await.expect(202);
    }
    all_jobs_done(&installation).await;
    assert_eq!(installation.sent::<ConfirmationStarted>("accounts").await.len(), 5, "five an hour for one address");
    forgotten_at(&installation, "203.0.113.2", AN, None).await.expect(202);
    all_jobs_done(&installation).await;
    assert_eq!(installation.sent::<ConfirmationStarted>("accounts").await.len(), 6, "from elsewhere");
    for stranger in 3..9 {
        for _ in 0..5 {
            forgotten_at(&installation, &format!("203.0.113.{stranger}"), AN, None).await.expect(202);
        }
    }
    all_jobs_done(&installation).await;
    let sent = installation.sent::<ConfirmationStarted>("accounts").await.len();
    assert!(sent <= 15, "{sent} codes filled a mailbox");
    forgotten_at(&installation, "203.0.113.1", AN, Some(known.text("/device"))).await.expect(202);
    all_jobs_done(&installation).await;
    assert_eq!(installation.sent::<ConfirmationStarted>("accounts").await.len(), sent + 1, "a known device");
}
