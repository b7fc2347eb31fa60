//! `POST /api/v1/agencies/{agency}/person-searches`: nobody is asked twice, and it is written down who looked.

use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    fixture::{COPY, ELSEWHERE, Fixture, HERE, RESIDENCE},
    intake::{handed_in, take_in},
};

async fn search(who: &TestCaller, agency: &str, search: &Value) -> TestResponse {
    let path = format!("/api/v1/agencies/{agency}/person-searches");
    who.call("submissions", Method::POST, &path).json(search).send().await
}

#[tokio::test]
async fn what_she_said_before_fills_the_form_and_says_where_it_comes_from() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    let first = take_in(&fixture, &receiver, HERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    let asked = json!({"citizen_number": "000 192 012 345", "procedure": COPY});
    let known = search(&receiver, HERE, &asked).await.expect(200);
    assert_eq!(known.text("/name"), "Trần Thị Lan");
    let answers = known.json["answers"].as_array().expect("answers");
    let place = answers.iter().find(|it| it["field"] == "event_place").expect("the place");
    assert_eq!(place["from"], first.json["code"]);
    assert!(answers.iter().all(|it| it["field"] != "truthful"), "what is declared is declared anew: {answers:?}");
    let looks = "audit_log where action = 'personal_data.read' and subject_id = 'H44.100' and detail ? 'looked_up'
        and detail::text not like '%000192012345%'";
    assert_eq!(fixture.count(looks).await, 1);
}

#[tokio::test]
async fn dossiers_of_her_account_count_too_and_a_stranger_has_none() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let _ = fixture.filed(&an, COPY).await;
    let asked = json!({"citizen_number": "000192012345", "account": an.id, "procedure": RESIDENCE});
    let known = search(&fixture.receiver(), HERE, &asked).await.expect(200);
    assert_eq!(known.text("/name"), "Nguyễn Văn An");
    let asked = json!({"citizen_number": "000192012345", "procedure": RESIDENCE});
    let nobody = search(&fixture.receiver(), HERE, &asked).await.expect(200);
    assert_eq!(nobody.json, json!({"name": null, "answers": []}));
    let _ = search(&fixture.receiver(), ELSEWHERE, &asked).await.expect(404);
    let _ = search(&fixture.approver(), HERE, &asked).await.expect(403);
}
