//! Who may call: the extractor's type decides.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use civic::OfficialRole;
use edge::token::{Settings, Verifier};
use runtime::Clock;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::probe::{RECEIVER, actors, installation};

async fn ask(by: &TestCaller, method: Method, path: &str) -> u16 {
    by.call("probe", method, path).send().await.status
}

#[tokio::test]
async fn each_extractor_lets_in_its_own_callers_only() {
    let installation = installation().await;
    let callers = [
        installation.nobody(),
        installation.citizen("An"),
        installation.member("Bình", Uuid::new_v4()),
        installation.client(),
        installation.official(&[("H44.100", RECEIVER)]),
        installation.official(&[("H44.100", OfficialRole::Cashier)]),
    ];
    let expected = [
        (Method::GET, "/api/v1/for-citizens", [401, 204, 403, 403, 403, 403]),
        (Method::GET, "/api/v1/for-applicants", [401, 204, 204, 204, 403, 403]),
        (Method::GET, "/api/v1/for-people", [401, 204, 204, 403, 204, 204]),
        (Method::DELETE, "/api/v1/for-receivers", [401, 403, 403, 403, 200, 403]),
    ];
    for (method, path, statuses) in expected {
        for (caller, status) in callers.iter().zip(statuses) {
            assert_eq!(ask(caller, method.clone(), path).await, status, "{path}");
        }
    }
}

#[tokio::test]
async fn a_duty_is_held_at_the_agency_of_the_post_and_nowhere_else() {
    let installation = installation().await;
    let roles = [("H44.101", OfficialRole::Auditor), ("H44.101", RECEIVER)];
    let answer = installation.official(&roles).call("probe", Method::DELETE, "/api/v1/for-receivers").send().await;
    assert_eq!(answer.json["agencies"], json!(["H44.101"]));
}

#[tokio::test]
async fn the_audit_log_says_who_did_it_and_in_which_capacity() {
    let installation = installation().await;
    let organisation = Uuid::from_u128(7);
    let (an, member) = (installation.citizen("An"), installation.member("Bình", organisation));
    let official = installation.official(&[("H44.100", RECEIVER)]);
    for caller in [&an, &member, &official] {
        assert_eq!(ask(caller, Method::POST, "/api/v1/audited").await, 204);
    }
    let expected = BTreeSet::from([
        format!("{} CITIZEN SELF", an.id),
        format!("{} CITIZEN ORGANISATION:{organisation}", member.id),
        format!("{} OFFICIAL POST:H44.100", official.id),
    ]);
    assert_eq!(BTreeSet::from_iter(actors(&installation).await), expected);
}

/// The token of a citizen with its header or claims changed, signature as it was.
fn altered(installation: &Installation, part: usize, change: impl Fn(&mut Value)) -> String {
    let token = installation.citizen("An").token().unwrap().to_owned();
    let mut parts: Vec<_> = token.split('.').map(ToOwned::to_owned).collect();
    let mut json: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(&parts[part]).unwrap()).unwrap();
    change(&mut json);
    parts[part] = BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    parts.join(".")
}

#[tokio::test]
async fn altered_and_foreign_tokens_are_not_let_in() {
    let installation = installation().await;
    let unsigned = altered(&installation, 0, |header| header["alg"] = json!("none"));
    let (head, _) = unsigned.rsplit_once('.').unwrap();
    let tokens = [
        String::new(),
        "a.b.c".into(),
        format!("{head}."),
        unsigned.clone(),
        altered(&installation, 0, |header| header["alg"] = json!("HS256")),
        altered(&installation, 0, |header| header["typ"] = json!("JWT")),
        altered(&installation, 0, |header| header["kid"] = json!("other")),
        altered(&installation, 1, |claims| {
            claims["capacity"] = json!({"kind": "POST", "agency": "H44.100", "roles": ["RECEIVER"]})
        }),
        altered(&installation, 1, |claims| claims["aud"] = json!("other")),
        altered(&installation, 1, |claims| claims["iss"] = json!("https://evil.test")),
    ];
    for token in tokens {
        let caller = installation.nobody().with_token(Some(token.clone()));
        assert_eq!(ask(&caller, Method::GET, "/api/v1/for-citizens").await, 401, "{token}");
    }
}

#[tokio::test]
async fn a_token_is_believed_until_it_expires_and_not_a_second_longer() {
    let installation = installation().await;
    let an = installation.citizen("An");
    assert_eq!(ask(&an, Method::GET, "/api/v1/for-citizens").await, 204);
    installation.clock.advance(TimeDelta::days(365) - TimeDelta::seconds(1));
    assert_eq!(ask(&an, Method::GET, "/api/v1/for-citizens").await, 204);
    installation.clock.advance(TimeDelta::seconds(1));
    assert_eq!(ask(&an, Method::GET, "/api/v1/for-citizens").await, 401);
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_is_not_asked_again_with_every_token() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let jwks_url = format!("http://{}/jwks", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counts = asked.clone();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            counts.fetch_add(1, Ordering::SeqCst);
            drop(connection);
        }
    });
    let settings = Settings { jwks_url, issuer: "https://motcua.test".into() };
    let verifier = Verifier::new(settings, Clock::system()).unwrap();
    let begun = std::time::Instant::now();
    for number in 0..100 {
        let header = json!({"alg": "EdDSA", "typ": "at+jwt", "kid": format!("invented-{number}")});
        let token = format!("{}.e30.c2lnbmF0dXJl", BASE64_URL_SAFE_NO_PAD.encode(header.to_string()));
        assert_eq!(verifier.verify(&token).await.unwrap_err().kind.status, 503);
    }
    let seconds = usize::try_from(begun.elapsed().as_secs()).unwrap();
    assert!(asked.load(Ordering::SeqCst) <= 1 + seconds, "{} times in {seconds} s", asked.load(Ordering::SeqCst));
}
