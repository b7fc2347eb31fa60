//! Signing in with a password.

use chrono::TimeDelta;
use edge::token::{Settings, Verifier};
use edge::{CallerKind, Receive};
use serde_json::json;
use testkit::{Installation, Method};

use crate::people::{
    DEMONSTRATION_PASSWORD, PASSWORD, ask, bearer, demonstration, installation, me, newcomer, register, registration,
    sign_in, sign_in_from,
};

const OFFICIAL: &str = "tiepnhan@h44-100.example.vn";

async fn caller(installation: &Installation, token: &str) -> edge::Caller {
    let jwks_url = format!("{}/api/v1/jwks", installation.base("accounts"));
    let settings = Settings { jwks_url, issuer: "https://issuer.test".into() };
    let verifier = Verifier::new(settings, installation.clock.clone()).expect("a verifier");
    verifier.verify(token).await.expect("a token that any service believes")
}

#[tokio::test]
async fn officials_and_citizens_sign_in_alike_and_only_officials_have_roles() {
    let installation = demonstration().await;
    let official = sign_in(&installation, OFFICIAL, DEMONSTRATION_PASSWORD).await.expect(201);
    assert_eq!((official.text("/token_type"), official.json["expires_in"].as_i64()), ("Bearer", Some(600)));
    assert_eq!(official.header("cache-control"), Some("no-store"));
    let official = caller(&installation, official.text("/access_token")).await;
    assert_eq!((official.kind(), official.name.as_str()), (CallerKind::Official, "Trần Thị Tiếp"));
    assert!(official.session.is_some());
    let agencies = official.official::<Receive>().expect("a receiver").agencies();
    assert_eq!(agencies.iter().map(|code| code.as_str()).collect::<Vec<_>>(), ["H44.100"]);
    let citizen = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let citizen = caller(&installation, citizen.text("/access_token")).await;
    assert_eq!(citizen.kind(), CallerKind::Citizen);
    assert!(citizen.clone().official::<Receive>().is_none() && citizen.applicant().is_some());
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_answer_alike() {
    let installation = demonstration().await;
    let mut unknown = sign_in(&installation, "nobody@example.vn", "motcua-demo-2025").await.expect(401);
    let mut wrong = sign_in(&installation, "an@example.vn", "motcua-demo-2025").await.expect(401);
    for answer in [&mut unknown, &mut wrong] {
        answer.json["trace_id"] = json!("");
    }
    assert_eq!(unknown.json, wrong.json);
    assert_eq!(unknown.text("/code"), "credentials-wrong");
}

#[tokio::test]
async fn the_address_is_taken_in_any_case_and_the_password_as_any_keyboard_composes_it_but_no_other() {
    let installation = installation().await;
    newcomer(&installation).await;
    sign_in(&installation, "MINH.khai@Example.VN", PASSWORD).await.expect(201);
    sign_in(&installation, "minh.khai@example.vn", "ca\u{301} kho rie\u{302}\u{300}ng").await.expect(201);
    for almost in ["Cá kho riềng", "cá kho riềng ", "cá kho"] {
        sign_in(&installation, "minh.khai@example.vn", almost).await.expect(401);
    }
}

#[tokio::test]
async fn every_character_of_a_long_password_counts() {
    let installation = installation().await;
    let long = "ờ".repeat(127);
    let mut registration = registration();
    registration["password"] = json!(format!("{long}1"));
    let started = register(&installation, &registration, "k").await.expect(202);
    let code = crate::people::code(&installation).await;
    crate::people::confirm(&installation, started.text("/registration_id"), &code, "k").await.expect(201);
    sign_in(&installation, "minh.khai@example.vn", &format!("{long}2")).await.expect(401);
    sign_in(&installation, "minh.khai@example.vn", &format!("{long}1")).await.expect(201);
}

#[tokio::test]
async fn after_five_failures_an_address_waits_whether_or_not_somebody_has_it() {
    let installation = demonstration().await;
    for email in ["an@example.vn", "nobody@example.vn"] {
        for _ in 0..5 {
            sign_in(&installation, email, "wrong password").await.expect(401);
        }
        let paused = sign_in(&installation, email, DEMONSTRATION_PASSWORD).await.expect(429);
        assert_eq!(paused.header("retry-after"), Some("5"));
    }
    sign_in(&installation, "binh@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    installation.clock.advance(TimeDelta::seconds(5));
    sign_in(&installation, "an@example.vn", "wrong password").await.expect(401);
    let longer = sign_in(&installation, "AN@example.vn", DEMONSTRATION_PASSWORD).await.expect(429);
    assert_eq!(longer.header("retry-after"), Some("10"));
    installation.clock.advance(TimeDelta::seconds(10));
    sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    sign_in(&installation, "an@example.vn", "wrong password").await.expect(401);
    sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
}

#[tokio::test]
async fn once_an_address_waits_only_one_of_many_guesses_at_a_time_is_looked_at() {
    let installation = demonstration().await;
    for _ in 0..5 {
        sign_in(&installation, "an@example.vn", "wrong password").await.expect(401);
    }
    installation.clock.advance(TimeDelta::seconds(5));
    let guess = || sign_in(&installation, "an@example.vn", "another wrong password");
    let (a, b, c, d) = tokio::join!(guess(), guess(), guess(), guess());
    let mut statuses = [a, b, c, d].map(|answer| answer.status);
    statuses.sort_unstable();
    assert_eq!(statuses, [401, 429, 429, 429]);
}

/// A stranger's address, and the owner's.
const STRANGER: &str = "203.0.113.66";
const OWNER: &str = "198.51.100.7";
const AN: &str = "an@example.vn";

#[tokio::test]
async fn of_forty_five_guesses_at_once_five_are_compared() {
    let installation = demonstration().await;
    let guesses = (0..45).map(|_| sign_in(&installation, AN, "wrong password"));
    let answers = futures_util::future::join_all(guesses).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(401), count(429)), (5, 40));
}

#[tokio::test]
async fn twenty_right_passwords_of_one_device_at_once_all_get_in_and_so_do_those_of_a_new_one() {
    let installation = demonstration().await;
    let known = sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    for device in [Some(known.text("/device")), None] {
        let at_once = (0..20).map(|_| sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, device));
        for answer in futures_util::future::join_all(at_once).await {
            answer.expect(201);
        }
    }
}

#[tokio::test]
async fn a_stranger_who_never_stops_guessing_does_not_keep_the_owner_out() {
    let installation = demonstration().await;
    let known = sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    for _ in 0..30 {
        sign_in_from(&installation, STRANGER, AN, "wrong password", None).await.expect(401);
        let paused = sign_in_from(&installation, STRANGER, AN, "wrong password", None).await;
        if paused.status == 429 {
            let seconds = paused.header("retry-after").expect("when").parse().expect("seconds");
            installation.clock.advance(TimeDelta::seconds(seconds));
        }
    }
    sign_in_from(&installation, STRANGER, AN, "wrong password", None).await.expect(401);
    sign_in_from(&installation, STRANGER, AN, DEMONSTRATION_PASSWORD, None).await.expect(429);
    // From elsewhere, and even from the stranger's own address, if the device is known.
    sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    let device = Some(known.text("/device"));
    sign_in_from(&installation, STRANGER, AN, DEMONSTRATION_PASSWORD, device).await.expect(201);
}

#[tokio::test]
async fn many_strangers_wait_for_each_other_and_a_known_device_waits_for_nobody() {
    let installation = demonstration().await;
    let known = sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    for stranger in 0..20 {
        for _ in 0..5 {
            let origin = format!("203.0.113.{stranger}");
            sign_in_from(&installation, &origin, AN, "wrong password", None).await.expect(401);
        }
    }
    sign_in_from(&installation, "192.0.2.1", AN, DEMONSTRATION_PASSWORD, None).await.expect(429);
    sign_in_from(&installation, "192.0.2.1", "binh@example.vn", DEMONSTRATION_PASSWORD, None).await.expect(201);
    let device = Some(known.text("/device"));
    sign_in_from(&installation, "192.0.2.1", AN, DEMONSTRATION_PASSWORD, device).await.expect(201);
}

#[tokio::test]
async fn a_known_device_has_guesses_of_its_own_at_its_own_accounts_only() {
    let installation = demonstration().await;
    let known = sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    let device = Some(known.text("/device"));
    for _ in 0..5 {
        sign_in_from(&installation, OWNER, AN, "wrong password", device).await.expect(401);
        sign_in_from(&installation, STRANGER, "binh@example.vn", "wrong password", device).await.expect(401);
    }
    sign_in_from(&installation, OWNER, AN, DEMONSTRATION_PASSWORD, device).await.expect(429);
    sign_in_from(&installation, STRANGER, "binh@example.vn", DEMONSTRATION_PASSWORD, device).await.expect(429);
    // One browser that several people use is known to each of them.
    let binh = sign_in_from(&installation, OWNER, "binh@example.vn", DEMONSTRATION_PASSWORD, device).await.expect(201);
    assert_eq!(Some(binh.text("/device")), device);
    sign_in_from(&installation, STRANGER, "binh@example.vn", DEMONSTRATION_PASSWORD, device).await.expect(201);
    // What nobody gave out is no device, and a new one is given.
    let made_up = Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let new = sign_in_from(&installation, STRANGER, AN, DEMONSTRATION_PASSWORD, made_up).await.expect(201);
    assert_ne!(Some(new.text("/device")), made_up);
}

#[tokio::test]
async fn ten_devices_of_an_account_are_remembered_for_a_year() {
    let installation = demonstration().await;
    for _ in 0..12 {
        sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
        installation.clock.advance(TimeDelta::seconds(1));
    }
    assert_eq!(ask(&installation, "select count(*) from known_devices").await, "10");
}

#[tokio::test]
async fn failures_are_forgotten_after_half_a_day() {
    let installation = demonstration().await;
    for _ in 0..5 {
        sign_in(&installation, "an@example.vn", "wrong password").await.expect(401);
    }
    installation.clock.advance(TimeDelta::hours(12));
    sign_in(&installation, "an@example.vn", "wrong password").await.expect(401);
    sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
}

#[tokio::test]
async fn a_closed_account_does_not_get_in_and_its_tokens_open_nothing() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    crate::people::run(&installation, "update users set closed_at = now() where email = 'an@example.vn'").await;
    sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(401);
    me(&bearer(&installation, &tokens)).await.expect(401);
    crate::people::refresh(&installation, tokens.text("/refresh_token")).await.expect(401);
}

#[tokio::test]
async fn junk_is_refused_and_never_an_error_of_ours() {
    let installation = installation().await;
    for body in [
        json!({ "email": "a\u{0}@example.vn", "password": "x" }),
        json!({ "email": "an@example.vn", "password": 1 }),
        json!({ "email": "an@example.vn" }),
        json!({ "email": "an@example.vn", "password": "x", "kind": "OFFICIAL" }),
        json!([]),
    ] {
        installation.nobody().call("accounts", Method::POST, "/api/v1/sessions").json(&body).send().await.expect(400);
    }
}

#[tokio::test]
async fn where_too_many_guesses_failed_a_known_device_gets_in_and_a_stranger_is_told_when_to_come_back() {
    let installation = demonstration().await;
    let known = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    let knock = |device: Option<&str>| {
        let body = json!({"email": AN, "password": DEMONSTRATION_PASSWORD, "device": device});
        let call = installation.nobody().call("accounts", Method::POST, "/api/v1/sessions").json(&body);
        call.header(edge::GuessesSpent::HEADER, "7").send()
    };
    let refused = knock(None).await.expect(429);
    assert_eq!((refused.text("/code"), refused.header("retry-after")), ("too-many-requests", Some("7")));
    knock(Some(&"0".repeat(64))).await.expect(429);
    knock(Some(known.text("/device"))).await.expect(201);
}
