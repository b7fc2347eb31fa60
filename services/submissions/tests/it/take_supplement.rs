//! `POST /api/v1/dossiers/{id}/supplement-intake`: what was asked for is brought to the counter, and scanned or handed in on paper.

use chrono::TimeDelta;
use civic::{
    OfficialRole::Receiver,
    events::{DossierMoved, DossierNotice, DossierNoticed},
};
use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse};

use crate::{
    fixture::{COPY, ELSEWHERE, Fixture, HERE, PDF, errors, wanted},
    intake::{COPY_4, handed_in, take_in},
};

const PAPER: &str = "GIAY_CHUNG_SINH";

fn on_paper(component: &str, originals: u16, copies: u16) -> Value {
    json!({"papers": [{"component": component, "originals": originals, "copies": copies}]})
}

async fn take(fixture: &Fixture, who: &TestCaller, dossier: &str, body: &Value) -> TestResponse {
    fixture.act(who, dossier, "supplement-intake", body).await
}

async fn scan(fixture: &Fixture, who: &TestCaller, dossier: &str, component: &str) -> TestResponse {
    let path = format!("{dossier}/scans?component={component}&file_name=quet.pdf");
    fixture.post(who, &path).body(PDF, "application/pdf").send().await
}

/// Whether the view offers the action, or why not.
fn offered(view: &TestResponse) -> (bool, Option<&str>) {
    let actions = view.json["actions"].as_array().expect("actions");
    let action = actions.iter().find(|action| action["action"] == "TAKE_SUPPLEMENT").expect("an action");
    (action["allowed"] == true, action["reason"]["code"].as_str())
}

#[tokio::test]
async fn a_scan_at_the_counter_answers_the_request_about_what_was_filed_online_and_the_work_goes_on() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let dossier = fixture.asked(&an).await;
    fixture.installation.clock.advance(TimeDelta::hours(23));
    let document = scan(&fixture, &receiver, &dossier, PAPER).await.expect(201);
    assert_eq!(document.json["request"], 1);
    assert_eq!(offered(&fixture.get(&receiver, &dossier).await), (true, None));
    let taken = take(&fixture, &receiver, &dossier, &json!({"note": "Bà An mang giấy đến quầy."})).await.expect(200);
    // As when the applicant sends them in herself: of Tuesday five hours were left at ten o'clock, and it is nine on Wednesday.
    assert_eq!((taken.text("/status"), taken.text("/due_at")), ("PROCESSING", "2026-07-22T09:00:00Z"));
    let request = &taken.json["requests"][0];
    assert_eq!((&request["state"], &request["at_counter"]), (&json!("ANSWERED"), &json!(true)));
    assert_eq!(request["papers"][0]["documents"][0], document.json["id"]);
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!(told.notice, DossierNotice::SupplementAnswered);
    let seen = fixture.get(&an, &dossier).await.expect(200);
    let last = seen.json["history"].as_array().and_then(|all| all.last()).expect("a step");
    assert_eq!(
        (&last["from"], &last["actor"], &last["note"]),
        (&json!("SUPPLEMENT_REQUESTED"), &json!("OFFICIAL"), &Value::Null)
    );
    assert_eq!(seen.json["requests"][0]["at_counter"], true, "she reads that it was at the counter");
    let by = format!("audit_log where action = 'dossier.supplement_taken' and actor_id = '{}'", receiver.id);
    assert_eq!(fixture.count(&by).await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_handed_in_on_paper_is_counted_and_no_file_is_needed() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let dossier = fixture.asked(&an).await;
    let taken = take(&fixture, &receiver, &dossier, &on_paper(PAPER, 1, 2)).await.expect(200);
    let paper = &taken.json["requests"][0]["papers"][0];
    assert_eq!((&paper["originals"], &paper["copies"], &paper["documents"]), (&json!(1), &json!(2), &json!([])));
    assert_eq!(taken.json["handed_papers"], json!([]), "what came with the dossier is another thing");
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
    assert_eq!(moved.papers.total, 1, "digitised papers are counted by their files");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_missing_is_named_paper_by_paper() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let dossier = fixture.received(&an).await;
    let mut both = wanted();
    let other = json!({"component": "GIAY_TO_KHAC", "reason": "Thiếu.", "guidance": "Nộp bản chính."});
    both["papers"].as_array_mut().expect("papers").push(other);
    let _ = fixture.act(&receiver, &dossier, "supplement-request", &both).await.expect(200);
    let missing = |answer: &TestResponse| errors(answer).into_iter().map(|(pointer, _)| pointer).collect::<Vec<_>>();
    let none = take(&fixture, &receiver, &dossier, &json!({})).await.expect(409);
    assert_eq!(none.text("/code"), "dossier-incomplete");
    assert_eq!(missing(&none), ["/documents/GIAY_CHUNG_SINH", "/documents/GIAY_TO_KHAC"]);
    let zero = take(&fixture, &receiver, &dossier, &on_paper(PAPER, 0, 0)).await.expect(409);
    assert_eq!(missing(&zero).len(), 2, "no paper is no paper");
    let _ = scan(&fixture, &receiver, &dossier, PAPER).await.expect(201);
    let one = take(&fixture, &receiver, &dossier, &json!({})).await.expect(409);
    assert_eq!(missing(&one), ["/documents/GIAY_TO_KHAC"]);
    let _ = take(&fixture, &receiver, &dossier, &on_paper("GIAY_TO_KHAC", 1, 0)).await.expect(200);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn only_what_was_asked_for_is_scanned_and_taken_and_each_once() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let dossier = fixture.asked(&an).await;
    let unasked = scan(&fixture, &receiver, &dossier, "GIAY_TO_KHAC").await.expect(409);
    assert_eq!(unasked.text("/code"), "paper-not-asked");
    let refused = take(&fixture, &receiver, &dossier, &on_paper("GIAY_TO_KHAC", 1, 0)).await.expect(400);
    assert_eq!(errors(&refused), [("/papers/0/component".to_owned(), "not-asked".to_owned())]);
    let paper = json!({"component": PAPER, "originals": 1, "copies": 0});
    let twice = take(&fixture, &receiver, &dossier, &json!({"papers": [paper, paper]})).await.expect(400);
    assert_eq!(errors(&twice), [("/papers/1/component".to_owned(), "uniqueItems".to_owned())]);
    let _ = take(&fixture, &receiver, &dossier, &on_paper(PAPER, 1, 0)).await.expect(200);
    let again = take(&fixture, &receiver, &dossier, &on_paper(PAPER, 1, 0)).await.expect(409);
    assert_eq!(again.text("/code"), "status-does-not-allow");
    assert_eq!(fixture.count("supplied_papers").await, 1);
}

#[tokio::test]
async fn the_centre_that_took_it_in_serves_who_comes_again_and_no_other_does() {
    let fixture = Fixture::open().await;
    fixture.publish(COPY, 4, COPY_4).await;
    let centre = fixture.installation.official(&[(ELSEWHERE, Receiver)]);
    let receipt = take_in(&fixture, &centre, ELSEWHERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    let dossier = receipt.header("location").expect("a location");
    let ask = json!({"papers": [{"component": "GIAY_TO_KHAC", "reason": "Thiếu.", "guidance": "Nộp bản chính."}]});
    let _ = fixture.act(&fixture.receiver(), dossier, "supplement-request", &ask).await.expect(200);
    assert_eq!(offered(&fixture.get(&centre, dossier).await.expect(200)), (true, None));
    let other = fixture.installation.official(&[("H44.102", Receiver)]);
    let _ = take(&fixture, &other, dossier, &on_paper("GIAY_TO_KHAC", 1, 0)).await.expect(404);
    let scanned = scan(&fixture, &centre, dossier, "GIAY_TO_KHAC").await.expect(201);
    assert_eq!(scanned.json["request"], 1);
    let taken = take(&fixture, &centre, dossier, &json!({})).await.expect(200);
    assert_eq!(taken.json["requests"][0]["state"], "ANSWERED");
    assert_eq!(offered(&taken), (false, Some("status-does-not-allow")));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nobody_takes_in_her_own_nor_without_the_role_nor_from_an_old_page() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.asked(&an).await;
    let brought = on_paper(PAPER, 1, 0);
    let own = fixture.installation.in_post(an.id, &[(HERE, Receiver)]);
    let refused = take(&fixture, &own, &dossier, &brought).await.expect(409);
    assert_eq!(refused.text("/code"), "own-dossier");
    assert_eq!(offered(&fixture.get(&own, &dossier).await), (false, Some("own-dossier")));
    let _ = take(&fixture, &fixture.approver(), &dossier, &brought).await.expect(403);
    let _ = take(&fixture, &an, &dossier, &brought).await.expect(403);
    let receiver = fixture.receiver();
    let stale = fixture.post(&receiver, &format!("{dossier}/supplement-intake")).header("if-match", "\"1\"");
    let _ = stale.json(&brought).send().await.expect(412);
    assert_eq!(fixture.get(&receiver, &dossier).await.text("/status"), "SUPPLEMENT_REQUESTED");
}
