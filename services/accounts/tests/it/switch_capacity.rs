//! Acting in another capacity.

use testkit::{Method, TestCaller};

use crate::people::{DEMONSTRATION_PASSWORD, DUNG, ask, bearer, demonstration, me, refresh, run, sign_in, switch};

async fn acts_as(caller: &TestCaller) -> String {
    let list = caller.call("accounts", Method::GET, "/api/v1/accounts/me/capacities").send().await.expect(200);
    list.text("/current").to_owned()
}

#[tokio::test]
async fn a_session_acts_in_the_capacity_it_was_changed_to_and_so_do_its_next_tokens() {
    let installation = demonstration().await;
    let first = sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201);
    assert_eq!((first.text("/capacity/id"), first.json["capacities"].as_array().map(Vec::len)), ("SELF", Some(3)));
    let herself = bearer(&installation, &first);
    let switched = switch(&herself, "POST:H44.102").await.expect(200);
    assert_eq!((switched.text("/token_type"), switched.text("/capacity/kind")), ("Bearer", "POST"));
    let official = bearer(&installation, &switched);
    assert_eq!(me(&official).await.expect(200).text("/kind"), "OFFICIAL");
    let next = refresh(&installation, first.text("/refresh_token")).await.expect(200);
    assert_eq!(next.text("/capacity/id"), "POST:H44.102");
    assert_eq!(acts_as(&bearer(&installation, &next)).await, "POST:H44.102");
    let member = first.text("/capacities/2/id").to_owned();
    let switched = switch(&official, &member).await.expect(200);
    assert_eq!(acts_as(&bearer(&installation, &switched)).await, member);
    let changes = "select string_agg(actor_capacity || ' ' || (detail ->> 'to'), ', ' order by actor_capacity desc) from audit_log \
                   where action = 'session.capacity_changed'";
    assert_eq!(ask(&installation, changes).await, format!("SELF POST:H44.102, POST:H44.102 {member}"));
}

#[tokio::test]
async fn a_capacity_that_is_not_held_or_has_ended_is_refused_and_the_session_goes_on_as_it_was() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201);
    let dung = bearer(&installation, &tokens);
    let strange = ["POST:H44.100", "ORGANISATION:00000000-0000-7000-8000-000000000000", "CLIENT:H44.102"];
    for capacity in strange {
        assert_eq!(switch(&dung, capacity).await.expect(403).text("/code"), "capacity-not-held", "{capacity}");
    }
    run(&installation, "update official_roles set valid_from = '2026-07-01', valid_until = '2026-07-20'").await;
    assert_eq!(switch(&dung, "POST:H44.102").await.expect(403).text("/code"), "capacity-not-held");
    assert_eq!(refresh(&installation, tokens.text("/refresh_token")).await.expect(200).text("/capacity/id"), "SELF");
}

#[tokio::test]
async fn a_post_that_ends_ends_the_session_that_acts_in_it_and_no_other() {
    let installation = demonstration().await;
    let (working, resting) = (
        sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201),
        sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201),
    );
    switch(&bearer(&installation, &working), "POST:H44.102").await.expect(200);
    run(&installation, "update official_roles set valid_until = '2026-07-21'").await;
    let last_day = refresh(&installation, working.text("/refresh_token")).await.expect(200);
    run(&installation, "update official_roles set valid_from = '2026-07-01', valid_until = '2026-07-20'").await;
    refresh(&installation, last_day.text("/refresh_token")).await.expect(401);
    assert_eq!(refresh(&installation, resting.text("/refresh_token")).await.expect(200).text("/capacity/id"), "SELF");
}

#[tokio::test]
async fn the_next_sign_in_begins_in_the_capacity_used_last_while_it_is_held() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201);
    switch(&bearer(&installation, &tokens), "POST:H44.102").await.expect(200);
    let again = || sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD);
    assert_eq!(again().await.expect(201).text("/capacity/id"), "POST:H44.102");
    run(&installation, "update official_roles set valid_from = '2026-07-01', valid_until = '2026-07-20'").await;
    assert_eq!(again().await.expect(201).text("/capacity/id"), "SELF");
}

#[tokio::test]
async fn whoever_signed_out_and_whoever_is_nobody_changes_nothing() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201);
    let dung = bearer(&installation, &tokens);
    dung.call("accounts", Method::DELETE, "/api/v1/sessions/current").send().await.expect(204);
    assert_eq!(switch(&dung, "POST:H44.102").await.expect(401).text("/code"), "session-over");
    switch(&installation.nobody(), "SELF").await.expect(401);
    switch(&installation.client(), "SELF").await.expect(401);
}

#[tokio::test]
async fn a_session_from_before_capacities_begins_with_the_first() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "xuly@h44-100.example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    run(&installation, "update sessions set capacity = null").await;
    let next = refresh(&installation, tokens.text("/refresh_token")).await.expect(200);
    assert_eq!(next.text("/capacity/id"), "POST:H44.100");
}
