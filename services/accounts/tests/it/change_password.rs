//! Another password.

use civic::events::AccountNotice;
use serde_json::json;
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    account_changes::{notices, own},
    people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, refresh, sign_in},
};

const AN: &str = "an@example.vn";
const NEW: &str = "canh chua cá lóc";

async fn change(by: &TestCaller, current: &str, new: &str) -> TestResponse {
    own(by, Method::PUT, "password", &json!({"current_password": current, "password": new})).await
}

#[tokio::test]
async fn the_session_that_changes_it_goes_on_and_all_others_end() {
    let installation = demonstration().await;
    let here = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    let elsewhere = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    change(&bearer(&installation, &here), DEMONSTRATION_PASSWORD, NEW).await.expect(204);
    refresh(&installation, elsewhere.text("/refresh_token")).await.expect(401);
    refresh(&installation, here.text("/refresh_token")).await.expect(200);
    sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(401);
    sign_in(&installation, AN, NEW).await.expect(201);
    assert_eq!(notices(&installation).await, [(AccountNotice::PasswordChanged, AN.to_owned())]);
    let entry =
        "select actor_kind || ' ' || (detail ->> 'sessions_ended') from audit_log where action = 'password.changed'";
    assert_eq!(ask(&installation, entry).await, "CITIZEN 1");
}

#[tokio::test]
async fn it_takes_the_old_one_of_which_a_stolen_session_has_five_guesses() {
    let installation = demonstration().await;
    let an = bearer(&installation, &sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201));
    let guesses = (0..9).map(|_| change(&an, "wrong password", NEW));
    let answers = futures_util::future::join_all(guesses).await;
    let wrong = answers.iter().filter(|answer| answer.status == 422 && answer.text("/code") == "password-wrong");
    assert_eq!(wrong.count(), 5);
    assert_eq!(change(&an, DEMONSTRATION_PASSWORD, NEW).await.expect(429).text("/code"), "sign-in-paused");
    // The owner signs in as ever.
    sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
}

#[tokio::test]
async fn a_weak_one_is_refused_with_its_reason() {
    let installation = demonstration().await;
    let an = bearer(&installation, &sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201));
    for (weak, code) in [("1234567", "password-short"), ("matkhau123", "password-common")] {
        let answer = change(&an, DEMONSTRATION_PASSWORD, weak).await.expect(400);
        assert_eq!((answer.text("/errors/0/pointer"), answer.text("/errors/0/code")), ("/password", code));
    }
    change(&installation.nobody(), DEMONSTRATION_PASSWORD, NEW).await.expect(401);
    change(&installation.client(), DEMONSTRATION_PASSWORD, NEW).await.expect(401);
}
