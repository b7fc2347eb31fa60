//! Another e-mail address.

use chrono::TimeDelta;
use civic::events::{AccountNotice, AccountRegistered, ConfirmationStarted};
use serde_json::json;
use testkit::{Installation, Method, TestCaller, TestResponse};

use crate::{
    account_changes::{code_of, notices, own},
    people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, run, sign_in, wrong},
};

const AN: &str = "an@example.vn";
const NEW: &str = "an.moi@example.vn";

async fn an(installation: &Installation) -> TestCaller {
    bearer(installation, &sign_in(installation, AN, DEMONSTRATION_PASSWORD).await.expect(201))
}

async fn start(by: &TestCaller, email: &str, password: &str) -> TestResponse {
    own(by, Method::POST, "email-changes", &json!({"email": email, "password": password})).await
}

async fn confirm(by: &TestCaller, id: &str, code: &str) -> TestResponse {
    own(by, Method::POST, &format!("email-changes/{id}/confirmation"), &json!({"code": code})).await
}

#[tokio::test]
async fn the_new_address_is_confirmed_by_its_code_and_the_old_one_is_written_to() {
    let installation = demonstration().await;
    let an = an(&installation).await;
    let started = start(&an, NEW, DEMONSTRATION_PASSWORD).await.expect(202);
    let id = started.text("/email_change_id");
    let (code, address) = code_of(&installation, id).await;
    assert_eq!(address, NEW);
    sign_in(&installation, NEW, DEMONSTRATION_PASSWORD).await.expect(401);
    assert_eq!(confirm(&an, id, &wrong(&code)).await.expect(422).text("/code"), "code-wrong");
    confirm(&an, id, &code).await.expect(204);
    assert_eq!(confirm(&an, id, &code).await.expect(422).text("/code"), "email-change-over");
    sign_in(&installation, NEW, DEMONSTRATION_PASSWORD).await.expect(201);
    sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(401);
    assert_eq!(notices(&installation).await, [(AccountNotice::EmailChanged, AN.to_owned())]);
    let told = installation.sent::<AccountRegistered>("accounts").await;
    assert_eq!(told.last().map(|it| it.email.as_str()), Some(NEW));
    assert_eq!(ask(&installation, "select count(*) from audit_log where action = 'email.changed'").await, "1");
}

#[tokio::test]
async fn anothers_address_gets_the_same_answer_and_no_code_and_its_owner_is_written_to_once() {
    let installation = demonstration().await;
    let an = an(&installation).await;
    for _ in 0..3 {
        start(&an, "BINH@example.vn", DEMONSTRATION_PASSWORD).await.expect(202);
    }
    assert!(installation.sent::<ConfirmationStarted>("accounts").await.is_empty());
    assert_eq!(notices(&installation).await, [(AccountNotice::AlreadyKnown, "binh@example.vn".to_owned())]);
}

#[tokio::test]
async fn it_takes_the_password_and_only_the_asker_confirms_within_ten_minutes() {
    let installation = demonstration().await;
    let an = an(&installation).await;
    let started = start(&an, NEW, DEMONSTRATION_PASSWORD).await.expect(202);
    let id = started.text("/email_change_id");
    let (code, _) = code_of(&installation, id).await;
    let binh =
        bearer(&installation, &sign_in(&installation, "binh@example.vn", DEMONSTRATION_PASSWORD).await.expect(201));
    confirm(&binh, id, &code).await.expect(404);
    installation.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
    assert_eq!(confirm(&an, id, &wrong(&code)).await.expect(422).text("/code"), "code-wrong");
    installation.clock.advance(TimeDelta::seconds(1));
    let an = self::an(&installation).await;
    assert_eq!(confirm(&an, id, &code).await.expect(422).text("/code"), "email-change-over");
    for _ in 0..5 {
        assert_eq!(start(&an, NEW, "wrong password").await.expect(422).text("/code"), "password-wrong");
    }
    assert_eq!(start(&an, NEW, DEMONSTRATION_PASSWORD).await.expect(429).text("/code"), "sign-in-paused");
}

#[tokio::test]
async fn an_account_wants_ten_addresses_an_hour_at_most_that_it_has_not_confirmed() {
    let installation = demonstration().await;
    let an = an(&installation).await;
    start(&an, NEW, DEMONSTRATION_PASSWORD).await.expect(202);
    let more = "insert into confirmations (id, purpose, email, mailbox, asked_by, created_at, expires_at, origin)
        select gen_random_uuid(), purpose, email, n || mailbox, asked_by, created_at, expires_at, origin
        from confirmations, generate_series(1, 9) n";
    run(&installation, more).await;
    let refused = start(&an, "b@example.vn", DEMONSTRATION_PASSWORD).await.expect(429);
    assert_eq!((refused.text("/code"), refused.header("retry-after")), ("codes-paused", Some("600")));
    let binh =
        bearer(&installation, &sign_in(&installation, "binh@example.vn", DEMONSTRATION_PASSWORD).await.expect(201));
    start(&binh, "b@example.vn", DEMONSTRATION_PASSWORD).await.expect(202);
}
