//! Where one is signed in, and ending it from elsewhere.

use chrono::TimeDelta;
use testkit::{Method, TestCaller, TestResponse};

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, refresh, sign_in};

const AN: &str = "an@example.vn";

async fn list(by: &TestCaller) -> TestResponse {
    by.call("accounts", Method::GET, "/api/v1/sessions").send().await
}

async fn end(by: &TestCaller, id: &str) -> TestResponse {
    by.call("accounts", Method::DELETE, &format!("/api/v1/sessions/{id}")).send().await
}

#[tokio::test]
async fn all_that_have_not_ended_are_listed_the_newest_first_and_the_own_one_is_marked() {
    let installation = demonstration().await;
    let first = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    installation.clock.advance(TimeDelta::minutes(1));
    let second = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    sign_in(&installation, "binh@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    refresh(&installation, first.text("/refresh_token")).await.expect(200);
    let all = list(&bearer(&installation, &first)).await.expect(200);
    let items = all.json["items"].as_array().expect("a list");
    let marks: Vec<_> = items.iter().map(|item| (item["current"] == true, item["refreshed_at"].is_string())).collect();
    assert_eq!(marks, [(false, false), (true, true)]);
    assert_eq!((&items[0]["capacity"], &items[1]["id"]), (&"SELF".into(), &all.json["current"]));
    let an = bearer(&installation, &second);
    end(&an, all.text("/items/1/id")).await.expect(204);
    end(&an, all.text("/items/1/id")).await.expect(204);
    refresh(&installation, first.text("/refresh_token")).await.expect(401);
    assert_eq!(list(&an).await.expect(200).json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        ask(&installation, "select revoked_for from sessions where revoked_at is not null").await,
        "ENDED_BY_OWNER"
    );
    assert_eq!(ask(&installation, "select count(*) from audit_log where action = 'session.ended'").await, "1");
    installation.clock.advance(TimeDelta::hours(12));
    let later = sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201);
    assert_eq!(list(&bearer(&installation, &later)).await.expect(200).json["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn anothers_session_is_not_there() {
    let installation = demonstration().await;
    let an = bearer(&installation, &sign_in(&installation, AN, DEMONSTRATION_PASSWORD).await.expect(201));
    let theirs = sign_in(&installation, "binh@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let id = list(&bearer(&installation, &theirs)).await.expect(200).text("/items/0/id").to_owned();
    end(&an, &id).await.expect(404);
    end(&an, "01980000-0000-7000-8000-000000000000").await.expect(404);
    refresh(&installation, theirs.text("/refresh_token")).await.expect(200);
    end(&installation.nobody(), &id).await.expect(401);
    list(&installation.nobody()).await.expect(401);
}
