//! `/api/v1/agencies/{agency}/given-up/submissions`

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

use crate::fixture::{BIRTH, ELSEWHERE, Fixture};

const GIVEN_UP: &str = "/api/v1/agencies/H44.100/given-up/submissions";

/// Has what payments told of the dossier `told` and a deadline of the dossier `watched` be given up.
async fn give_up(fixture: &Fixture, told: &str, watched: &str) {
    let rows = format!(
        r#"insert into dead_letter (event_id, type, payload, error, failed_at) values
            (gen_random_uuid(), 'vn.motcua.payment.settled.v1', '{{"data": {{"dossier_id": "{told}"}}}}', 'a lock', '2026-07-20');
        insert into jobs (id, kind, payload, created_at, run_at, failed_at, last_error) values
            (gen_random_uuid(), 'lapse_supplement', '{{"dossier": "{watched}", "request": 1}}', '2026-07-20', '2026-07-20', '2026-07-20', 'unreadable')"#
    );
    fixture.installation.database("submissions").await.batch_execute(&rows).await.expect("rows");
}

#[tokio::test]
async fn what_stopped_behind_a_dossier_is_shown_where_it_is_worked_on_and_repaired_there() {
    let fixture = Fixture::open().await;
    let (an, leader) = (fixture.an(), fixture.approver());
    let (told, receipt) = fixture.filed(&an, BIRTH).await;
    let (watched, _) = fixture.filed(&an, BIRTH).await;
    let [told, watched] = [&told, &watched].map(|path| path.rsplit('/').next().expect("an id"));
    give_up(&fixture, told, watched).await;
    let list = fixture.get(&leader, GIVEN_UP).await.expect(200);
    let kinds = ["/items/0/kind", "/items/1/kind"].map(|place| list.text(place).to_owned());
    assert!(kinds.contains(&"EVENT".to_owned()) && kinds.contains(&"JOB".to_owned()), "{}", list.json);
    let items = list.json["items"].as_array().expect("items");
    let event = items.iter().find(|item| item["kind"] == "EVENT").expect("the event");
    assert_eq!(event["dossier"], receipt.text("/code"));
    let path = format!("{GIVEN_UP}/{}/repair", event["id"].as_str().expect("an id"));
    let reason = "Đã đối chiếu khoản thu và tiếp nhận hồ sơ bằng tay.";
    let handled = json!({"repair": "TAKE_AS_HANDLED", "reason": reason});
    fixture.post(&leader, &path).json(&handled).send().await.expect(200);
    let gone = fixture.post(&leader, &path).json(&json!({"repair": "RETRY"})).send().await.expect(404);
    assert_eq!(gone.text("/code"), "given-up-work-not-found");
    let left = fixture.get(&leader, GIVEN_UP).await.expect(200);
    assert_eq!(left.json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(fixture.count("audit_log where action = 'given_up.taken_as_handled'").await, 1);
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::AgencyAdministrator)]);
    assert_eq!(fixture.get(&elsewhere, GIVEN_UP).await.expect(404).text("/code"), "agency-not-found");
    let refused = fixture.post(&elsewhere, &path).json(&handled).send().await.expect(404);
    assert_eq!(refused.text("/code"), "agency-not-found");
    let theirs = format!("/api/v1/agencies/{ELSEWHERE}/given-up/submissions");
    assert_eq!(fixture.get(&elsewhere, &theirs).await.expect(200).json["items"], json!([]));
}
