//! As whom one may act.

use testkit::{Method, TestCaller, TestResponse};

use crate::people::{DEMONSTRATION_PASSWORD, DUNG, bearer, demonstration, run, sign_in};

async fn capacities(caller: &TestCaller) -> TestResponse {
    caller.call("accounts", Method::GET, "/api/v1/accounts/me/capacities").send().await
}

fn ids(answer: &TestResponse) -> Vec<String> {
    let items = answer.json["items"].as_array().expect("a list");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn one_account_holds_any_number_of_capacities_each_with_its_name() {
    let installation = demonstration().await;
    let dung = bearer(&installation, &sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201));
    let held = capacities(&dung).await.expect(200);
    assert_eq!(held.text("/current"), "SELF");
    assert_eq!((held.text("/items/0/id"), held.text("/items/0/name/vi")), ("SELF", "Phạm Thị Dung"));
    assert_eq!((held.text("/items/1/id"), held.text("/items/1/agency")), ("POST:H44.102", "H44.102"));
    assert!(held.text("/items/1/name/en").starts_with("People's Committee of Rừng Cọ Commune"));
    assert_eq!(held.json["items"][1]["roles"], serde_json::json!(["RECEIVER"]));
    assert_eq!(held.text("/items/2/id"), format!("ORGANISATION:{}", held.text("/items/2/organisation")));
    assert_eq!(held.text("/items/2/member_role"), "MEMBER");
    assert!(held.text("/items/2/name/vi").starts_with("Công ty"));
}

#[tokio::test]
async fn what_has_not_begun_or_has_ended_is_not_among_them() {
    let installation = demonstration().await;
    let dung = bearer(&installation, &sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201));
    // It is the 21st; the last day still counts.
    run(&installation, "update official_roles set valid_from = '2026-07-21', valid_until = '2026-07-21'").await;
    run(&installation, "update memberships set valid_from = '2026-07-22'").await;
    assert_eq!(ids(&capacities(&dung).await.expect(200)), ["SELF", "POST:H44.102"]);
    run(&installation, "update official_roles set valid_from = '2026-07-19', valid_until = '2026-07-20'").await;
    assert_eq!(ids(&capacities(&dung).await.expect(200)), ["SELF"]);
}

#[tokio::test]
async fn nobody_and_programs_hold_none() {
    let installation = demonstration().await;
    capacities(&installation.nobody()).await.expect(401);
}
