//! Choosing a new password with the code from the letter.

use chrono::TimeDelta;
use civic::events::AccountNotice;
use serde_json::json;
use testkit::{Installation, Method, TestResponse};

use crate::{
    account_changes::{code_of, notices},
    people::{DEMONSTRATION_PASSWORD, ask, demonstration, refresh, sign_in, sign_in_from, wrong},
    start_password_reset::forgotten,
};

const AN: &str = "an@example.vn";
const NEW: &str = "canh chua cá lóc";

async fn confirm(installation: &Installation, id: &str, code: &str, password: &str) -> TestResponse {
    let path = format!("/api/v1/password-resets/{id}/confirmation");
    let call = installation.nobody().call("accounts", Method::POST, &path);
    call.json(&json!({"code": code, "password": password})).send().await
}

async fn started(installation: &Installation) -> (String, String) {
    let id = forgotten(installation, AN).await.expect(202).text("/password_reset_id").to_owned();
    let (code, _) = code_of(installation, &id).await;
    (id, code)
}

#[tokio::test]
async fn the_new_password_works_the_old_one_does_not_and_all_sessions_end() {
    let installation = demonstration().await;
    let before = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    let (id, code) = started(&installation).await;
    let done = confirm(&installation, &id, &code, NEW).await.expect(200);
    sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(401);
    sign_in(&installation, AN, NEW).await.expect(201);
    refresh(&installation, before.text("/refresh_token")).await.expect(401);
    assert_eq!(notices(&installation).await, [(AccountNotice::PasswordReset, AN.to_owned())]);
    let entry =
        "select actor_kind || ' ' || (detail ->> 'sessions_ended') from audit_log where action = 'password.reset'";
    assert_eq!(ask(&installation, entry).await, "SYSTEM 1");
    // Whoever guessed meanwhile keeps nobody out: the device that showed the code is known.
    for _ in 0..6 {
        sign_in_from(&installation, "203.0.113.9", AN, "wrong password", None).await;
    }
    sign_in_from(&installation, "203.0.113.9", AN, NEW, Some(done.text("/device"))).await.expect(201);
}

#[tokio::test]
async fn a_code_works_once_for_ten_minutes_and_for_five_tries_even_at_once() {
    let installation = demonstration().await;
    let (id, code) = started(&installation).await;
    confirm(&installation, &id, &code, NEW).await.expect(200);
    assert_eq!(confirm(&installation, &id, &code, NEW).await.expect(422).text("/code"), "password-reset-over");
    let (id, code) = started(&installation).await;
    let bad = wrong(&code);
    let tries = (0..9).map(|_| confirm(&installation, &id, &bad, NEW));
    let answers = futures_util::future::join_all(tries).await;
    let compared = answers.iter().filter(|answer| answer.text("/code") == "code-wrong").count();
    assert_eq!(compared, 5);
    assert_eq!(confirm(&installation, &id, &code, NEW).await.expect(422).text("/code"), "password-reset-over");
    let (id, code) = started(&installation).await;
    installation.clock.advance(TimeDelta::minutes(10));
    assert_eq!(confirm(&installation, &id, &code, NEW).await.expect(422).text("/code"), "password-reset-over");
}

#[tokio::test]
async fn a_password_that_is_refused_costs_no_try_and_says_why_only_to_who_has_the_code() {
    let installation = demonstration().await;
    let (id, code) = started(&installation).await;
    for _ in 0..6 {
        let short = confirm(&installation, &id, &code, "1234567").await.expect(400);
        assert_eq!(short.text("/errors/0/pointer"), "/password");
        confirm(&installation, &id, &code, "password1").await.expect(400);
    }
    let phone = ask(&installation, "select phone from users where email = 'an@example.vn'").await;
    assert_eq!(confirm(&installation, &id, &wrong(&code), &phone).await.expect(422).text("/code"), "code-wrong");
    for _ in 0..6 {
        let personal = confirm(&installation, &id, &code, &phone).await.expect(400);
        assert_eq!(personal.text("/errors/0/code"), "password-personal");
    }
    confirm(&installation, &id, &code, NEW).await.expect(200);
}

#[tokio::test]
async fn for_an_unknown_address_no_code_is_right_and_what_never_was_is_not_found() {
    let installation = demonstration().await;
    let id = forgotten(&installation, "nobody@example.vn").await.expect(202).text("/password_reset_id").to_owned();
    for _ in 0..5 {
        assert_eq!(confirm(&installation, &id, "000000", NEW).await.expect(422).text("/code"), "code-wrong");
    }
    assert_eq!(confirm(&installation, &id, "000000", NEW).await.expect(422).text("/code"), "password-reset-over");
    confirm(&installation, "01980000-0000-7000-8000-000000000000", "123456", NEW).await.expect(404);
    for junk in ["12345", "12345a", "１２３４５６"] {
        confirm(&installation, &id, junk, NEW).await.expect(400);
    }
}
