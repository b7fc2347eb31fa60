//! The next pair of tokens.

use chrono::TimeDelta;

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, me, refresh, run, sign_in};

#[tokio::test]
async fn a_refresh_token_gives_the_next_pair() {
    let installation = demonstration().await;
    let first = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let second = refresh(&installation, first.text("/refresh_token")).await.expect(200);
    assert_ne!(first.text("/refresh_token"), second.text("/refresh_token"));
    assert_ne!(first.text("/access_token"), second.text("/access_token"));
    me(&bearer(&installation, &second)).await.expect(200);
    refresh(&installation, second.text("/refresh_token")).await.expect(200);
}

#[tokio::test]
async fn a_stolen_refresh_token_used_twice_ends_the_session() {
    let installation = demonstration().await;
    let first = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let second = refresh(&installation, first.text("/refresh_token")).await.expect(200);
    installation.clock.advance(TimeDelta::seconds(6));
    let stolen = refresh(&installation, first.text("/refresh_token")).await.expect(401);
    assert_eq!(stolen.text("/code"), "session-over");
    refresh(&installation, second.text("/refresh_token")).await.expect(401);
    assert_eq!(ask(&installation, "select revoked_for from sessions").await, "TOKEN_REUSED");
}

#[tokio::test]
async fn within_five_seconds_the_token_just_replaced_gives_the_same_successor() {
    let installation = demonstration().await;
    let first = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let ask_again = || refresh(&installation, first.text("/refresh_token"));
    let (a, b, c) = tokio::join!(ask_again(), ask_again(), ask_again());
    installation.clock.advance(TimeDelta::seconds(5));
    let d = ask_again().await;
    let successors: Vec<_> = [a, b, c, d].map(|answer| answer.expect(200).text("/refresh_token").to_owned()).into();
    assert!(successors.iter().all(|successor| *successor == successors[0]));
    refresh(&installation, &successors[0]).await.expect(200);
}

#[tokio::test]
async fn a_token_older_than_the_one_just_replaced_has_no_grace() {
    let installation = demonstration().await;
    let first = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let second = refresh(&installation, first.text("/refresh_token")).await.expect(200);
    let third = refresh(&installation, second.text("/refresh_token")).await.expect(200);
    refresh(&installation, first.text("/refresh_token")).await.expect(401);
    refresh(&installation, third.text("/refresh_token")).await.expect(401);
}

#[tokio::test]
async fn a_session_ends_twelve_hours_after_signing_in_however_often_it_was_refreshed() {
    let installation = demonstration().await;
    let mut tokens = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    for _ in 0..11 {
        installation.clock.advance(TimeDelta::hours(1));
        tokens = refresh(&installation, tokens.text("/refresh_token")).await.expect(200);
    }
    installation.clock.advance(TimeDelta::hours(1));
    refresh(&installation, tokens.text("/refresh_token")).await.expect(401);
}

#[tokio::test]
async fn an_invented_token_is_refused_and_ends_nobodys_session() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let real = tokens.text("/refresh_token");
    let mut forged = real.to_owned();
    forged.replace_range(40..41, if &real[40..41] == "A" { "B" } else { "A" });
    for junk in [forged.as_str(), "x", "ừ", "\u{0}"] {
        refresh(&installation, junk).await.expect(401);
    }
    refresh(&installation, real).await.expect(200);
}

#[tokio::test]
async fn a_role_that_was_taken_away_is_gone_with_the_next_token_and_the_session_with_the_last_role() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "xuly@h44-100.example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    run(&installation, "delete from official_roles where role = 'APPROVER'").await;
    let next = refresh(&installation, tokens.text("/refresh_token")).await.expect(200);
    assert_eq!(next.json["capacity"]["roles"], serde_json::json!(["PROCESSOR"]));
    run(&installation, "delete from official_roles").await;
    let over = refresh(&installation, next.text("/refresh_token")).await.expect(401);
    assert_eq!(over.text("/code"), "session-over");
    assert_eq!(ask(&installation, "select revoked_for from sessions").await, "CAPACITY_ENDED");
    let none = sign_in(&installation, "xuly@h44-100.example.vn", DEMONSTRATION_PASSWORD).await.expect(403);
    assert_eq!(none.text("/code"), "no-capacity");
}
