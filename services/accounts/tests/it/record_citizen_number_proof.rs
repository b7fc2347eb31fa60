//! Whoever proves a citizen number wins it (faults A3), and nobody reads what another filed under it.

use civic::events::{AccountNotice, AccountNoticed};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse};

use crate::people::{
    DEMONSTRATION_PASSWORD, PASSWORD, ask, bearer, code, confirm, demonstration, me, register, registration, sign_in,
};

/// An's number, under which somebody else registers.
const NUMBER: &str = "000090000001";

async fn official(installation: &Installation) -> TestCaller {
    bearer(installation, &sign_in(installation, "tiepnhan@h44-100.example.vn", DEMONSTRATION_PASSWORD).await)
}

async fn proven(official: &TestCaller, proof: &Value) -> TestResponse {
    let path = "/api/v1/agencies/H44.100/citizen-number-proofs";
    let key = proof.to_string().bytes().map(u32::from).sum::<u32>().to_string();
    official.call("accounts", Method::POST, path).key(&key).json(proof).send().await
}

fn newcomer() -> Value {
    let mut newcomer = registration();
    newcomer["citizen_number"] = json!(NUMBER);
    newcomer["gender"] = json!("MALE");
    newcomer
}

fn card() -> Value {
    json!({"citizen_number": NUMBER, "name": "NGUYỄN THỊ MINH KHAI", "email": "minh.khai@example.vn"})
}

#[tokio::test]
async fn whoever_proves_a_known_number_gets_a_code_and_the_account_that_had_it_is_closed() {
    let installation = demonstration().await;
    let started = register(&installation, &newcomer(), "k").await.expect(202);
    // Long after its first code would have expired.
    installation.clock.advance(chrono::TimeDelta::hours(20));
    let answer = proven(&official(&installation).await, &card()).await.expect(200);
    let told = (answer.text("/registration_id"), answer.json["closed_another"].as_bool());
    assert_eq!(told, (started.text("/registration_id"), Some(true)));
    let noticed = installation.sent::<AccountNoticed>("accounts").await;
    let last = noticed.last().expect("the owner is written to");
    assert_eq!((last.email.as_str(), last.notice, last.by_office), ("an@example.vn", AccountNotice::Closed, true));
    sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(401);
    let code = code(&installation).await;
    confirm(&installation, started.text("/registration_id"), &code, "c").await.expect(201);
    let hers = bearer(&installation, &sign_in(&installation, "minh.khai@example.vn", PASSWORD).await.expect(201));
    assert_eq!(me(&hers).await.expect(200).text("/citizen_number"), "********0001");
    let audited =
        "select string_agg(a.action, ' ' order by a.action) from audit_log a join users u on u.id = a.actor_id
        where u.email = 'tiepnhan@h44-100.example.vn' and a.action in ('account.closed', 'citizen_number.proven')";
    assert_eq!(ask(&installation, audited).await, "account.closed citizen_number.proven");
}

#[tokio::test]
async fn what_the_card_does_not_say_opens_nothing_and_neither_does_anybody_else() {
    let installation = demonstration().await;
    register(&installation, &newcomer(), "k").await.expect(202);
    let official = official(&installation).await;
    for (member, other) in
        [("citizen_number", "000185000002"), ("name", "Nguyễn Thị Minh"), ("email", "minh@example.vn")]
    {
        let mut card = card();
        card[member] = json!(other);
        assert_eq!(proven(&official, &card).await.expect(422).text("/code"), "registration-not-waiting");
    }
    let elsewhere = "/api/v1/agencies/H44.101/citizen-number-proofs";
    let answer = official.call("accounts", Method::POST, elsewhere).key("e").json(&card()).send().await.expect(404);
    assert_eq!(answer.text("/code"), "agency-not-found");
    let processor = sign_in(&installation, "xuly@h44-100.example.vn", DEMONSTRATION_PASSWORD).await;
    proven(&bearer(&installation, &processor), &card()).await.expect(403);
    sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
}

#[tokio::test]
async fn an_address_with_an_account_and_an_official_in_office_are_not_decided_at_a_counter() {
    let installation = demonstration().await;
    let official = official(&installation).await;
    let mut known = newcomer();
    known["email"] = json!("an@example.vn");
    register(&installation, &known, "a").await.expect(202);
    let mut card_of_known = card();
    card_of_known["email"] = json!("an@example.vn");
    assert_eq!(proven(&official, &card_of_known).await.expect(409).text("/code"), "address-has-account");
    // Dung serves at H44.102.
    let (number, mut as_dung, mut card) = ("000188000004", newcomer(), card());
    as_dung["citizen_number"] = json!(number);
    as_dung["birth_date"] = json!("1988-09-20");
    as_dung["gender"] = json!("FEMALE");
    register(&installation, &as_dung, "d").await.expect(202);
    card["citizen_number"] = json!(number);
    assert_eq!(proven(&official, &card).await.expect(409).text("/code"), "number-of-official");
}
