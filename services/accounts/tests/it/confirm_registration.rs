//! Confirming the e-mail address.

use chrono::TimeDelta;
use civic::events::AccountRegistered;
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::Method;

use crate::people::{PASSWORD, ask, code, confirm, installation, register, registration, run, sign_in, wrong};

#[tokio::test]
async fn the_right_code_opens_the_account_and_tells_it_once() {
    let installation = installation().await;
    let started = register(&installation, &registration(), "k").await.expect(202);
    let confirmed =
        confirm(&installation, started.text("/registration_id"), &code(&installation).await, "k").await.expect(201);
    assert_eq!(confirmed.header("location"), Some("/api/v1/accounts/me"));
    let told = installation.sent::<AccountRegistered>("accounts").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].account_id.to_string(), confirmed.text("/account_id"));
    assert_eq!(told[0].phone.as_ref().map(|phone| phone.as_str().to_owned()), Some("+84912345678".to_owned()));
    sign_in(&installation, "minh.khai@example.vn", PASSWORD).await.expect(201);
}

#[tokio::test]
async fn a_wrong_code_is_counted_even_when_five_come_at_once() {
    let installation = installation().await;
    let started = register(&installation, &registration(), "k").await.expect(202);
    let (id, code) = (started.text("/registration_id"), code(&installation).await);
    let wrong = wrong(&code);
    let tries = ["1", "2", "3", "4", "5"].map(|key| confirm(&installation, id, &wrong, key));
    let [a, b, c, d, e] = tries;
    let (a, b, c, d, e) = tokio::join!(a, b, c, d, e);
    for answer in [a, b, c, d, e] {
        assert_eq!(answer.expect(422).text("/code"), "code-wrong");
    }
    assert_eq!(confirm(&installation, id, &code, "6").await.expect(422).text("/code"), "registration-over");
    assert!(installation.sent::<AccountRegistered>("accounts").await.is_empty());
}

#[tokio::test]
async fn the_fifth_try_may_still_be_right() {
    let installation = installation().await;
    let started = register(&installation, &registration(), "k").await.expect(202);
    let (id, code) = (started.text("/registration_id"), code(&installation).await);
    for key in ["1", "2", "3", "4"] {
        confirm(&installation, id, &wrong(&code), key).await.expect(422);
    }
    confirm(&installation, id, &code, "5").await.expect(201);
}

#[tokio::test]
async fn a_code_is_refused_after_ten_minutes() {
    let installation = installation().await;
    let started = register(&installation, &registration(), "k").await.expect(202);
    installation.clock.advance(TimeDelta::minutes(10));
    let late =
        confirm(&installation, started.text("/registration_id"), &code(&installation).await, "k").await.expect(422);
    assert_eq!(late.text("/code"), "registration-over");
}

#[tokio::test]
async fn a_repeated_confirmation_names_the_same_account_and_another_is_refused() {
    let installation = installation().await;
    let started = register(&installation, &registration(), "k").await.expect(202);
    let (id, code) = (started.text("/registration_id"), code(&installation).await);
    let first = confirm(&installation, id, &code, "k").await.expect(201);
    let again = confirm(&installation, id, &code, "k").await.expect(201);
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(confirm(&installation, id, &code, "other").await.expect(422).text("/code"), "registration-over");
    assert_eq!(ask(&installation, "select count(*) from users").await, "1");
}

#[tokio::test]
async fn of_two_registrations_with_one_citizen_number_only_one_becomes_an_account() {
    let installation = installation().await;
    let first = register(&installation, &registration(), "a").await.expect(202);
    let first_code = code(&installation).await;
    let mut other = registration();
    other["email"] = json!("other@example.vn");
    let second = register(&installation, &other, "b").await.expect(202);
    let second_code = code(&installation).await;
    let (a, b) = tokio::join!(
        confirm(&installation, first.text("/registration_id"), &first_code, "a"),
        confirm(&installation, second.text("/registration_id"), &second_code, "b"),
    );
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    assert_eq!(ask(&installation, "select count(*) from users").await, "1");
}

#[tokio::test]
async fn a_registration_that_never_was_is_not_found_and_a_code_that_is_none_costs_no_try() {
    let installation = installation().await;
    confirm(&installation, "01980000-0000-7000-8000-000000000000", "123456", "k").await.expect(404);
    confirm(&installation, "no-uuid", "123456", "k").await.expect(400);
    let started = register(&installation, &registration(), "k").await.expect(202);
    for junk in ["12345", "1234567", "12345a", "１２３４５６", "\u{0}23456"] {
        confirm(&installation, started.text("/registration_id"), junk, "k").await.expect(400);
    }
    assert_eq!(ask(&installation, "select tries from confirmations").await, "0");
    let path = format!("/api/v1/registrations/{}/confirmation", started.text("/registration_id"));
    let without_key = installation.nobody().call("accounts", Method::POST, &path).json(&json!({ "code": "123456" }));
    without_key.send().await.expect(400);
}

#[tokio::test]
async fn what_is_kept_of_a_code_needs_a_key_to_be_guessed_and_a_code_outlives_the_change_of_that_key() {
    let installation = installation().await;
    let started = register(&installation, &registration(), "k").await.expect(202);
    let (id, code) = (started.text("/registration_id"), code(&installation).await);
    let id = id.parse::<uuid::Uuid>().expect("an id");
    let plain = hex(&Sha256::new().chain_update(id.as_bytes()).chain_update(&code).finalize());
    let kept = ask(&installation, "select encode(code_hash, 'hex') from confirmations").await;
    assert!(kept.len() == 64 && kept != plain, "{kept}");
    let now = installation.clock.now();
    run(&installation, &format!("update signing_keys set retired_at = '{now}'")).await;
    installation.clock.advance(TimeDelta::minutes(9));
    sign_in(&installation, "minh.khai@example.vn", PASSWORD).await.expect(401);
    assert_eq!(ask(&installation, "select count(*) from signing_keys").await, "2");
    confirm(&installation, &id.to_string(), &code, "k").await.expect(201);
}

#[tokio::test]
async fn a_registration_that_the_version_before_began_is_confirmed() {
    let installation = installation().await;
    register(&installation, &registration(), "k").await.expect(202);
    // As the version before writes one: its code beside what was typed, as a plain digest, and no confirmation.
    let before = "insert into registrations (id, name, email, phone, citizen_number, birth_date, gender, language, password_hash,
            code_hash, created_at, expires_at, mailbox, asked_by)
        select '00000000-0000-4000-8000-000000000007', name, email, phone, citizen_number, birth_date, gender, language,
            password_hash, sha256(decode('00000000000040008000000000000007', 'hex') || '042137'::bytea), created_at, expires_at,
            'minh.khai@example.vn', 'x' from registrations";
    run(&installation, before).await;
    let id = "00000000-0000-4000-8000-000000000007";
    assert_eq!(confirm(&installation, id, "042138", "a").await.expect(422).text("/code"), "code-wrong");
    confirm(&installation, id, "042137", "b").await.expect(201);
    sign_in(&installation, "minh.khai@example.vn", PASSWORD).await.expect(201);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
