//! `…/apology`, `…/lateness-causes`: what is owed to who waits too long, and why she does.

use chrono::TimeDelta;
use civic::{
    OfficialRole,
    events::{DossierMoved, DossierNotice, DossierNoticed, LatenessCause, LatenessCount},
};
use serde_json::{Value, json};

use crate::fixture::{BIRTH, ELSEWHERE, Fixture, HERE};

fn apology() -> Value {
    json!({"working_days": 2, "words": "Cán bộ thụ lý nghỉ ốm đột xuất, hồ sơ của ông chưa được bàn giao kịp. Chúng tôi xin lỗi ông."})
}

fn cause(cause: &str) -> Value {
    json!({"cause": cause, "proof": "Phiếu báo lỗi số 118 ngày 21/07/2026."})
}

#[tokio::test]
async fn after_the_due_date_an_apology_goes_out_all_the_same_and_promises_a_day() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let early = fixture.act(&approver, &dossier, "apology", &apology()).await.expect(409);
    assert_eq!(early.json["code"], "not-late");
    // Due on Tuesday at 17:00; it is Wednesday 10:00.
    fixture.installation.clock.advance(TimeDelta::days(1));
    let more = json!({"working_days": 1, "reason": "Phải xác minh thêm."});
    assert_eq!(fixture.act(&approver, &dossier, "extension", &more).await.expect(409).json["code"], "overdue-already");
    let mut short = apology();
    short["words"] = json!("Xin lỗi.");
    let _ = fixture.act(&approver, &dossier, "apology", &short).await.expect(400);
    let said = fixture.act(&approver, &dossier, "apology", &apology()).await.expect(200);
    let request = &said.json["requests"][0];
    assert_eq!((&request["kind"], &request["answer_by"]), (&json!("APOLOGY"), &json!("2026-07-24T10:00:00Z")));
    assert_eq!((&said.json["due_at"], &said.json["urgency"]), (&json!("2026-07-21T10:00:00Z"), &json!("OVERDUE")));
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!((told.notice, told.reason.as_deref()), (DossierNotice::Apologised, apology()["words"].as_str()));
    let form = fixture.get(&an, &format!("{dossier}/forms/04")).await.expect(200);
    assert!(form.bytes.starts_with(b"%PDF"), "form 04");
    let again = fixture.act(&approver, &dossier, "apology", &apology()).await.expect(409);
    assert_eq!(again.json["code"], "apologised-before");
    // The promised day is over, too: one more is owed.
    fixture.installation.clock.advance(TimeDelta::days(3));
    let _ = fixture.act(&approver, &dossier, "apology", &apology()).await.expect(200);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn causes_are_kept_with_proof_and_a_systems_is_never_against_a_person() {
    let fixture = Fixture::open().await;
    let (an, approver, receiver) = (fixture.an(), fixture.approver(), fixture.receiver());
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&receiver, &dossier, "receipt", &json!({})).await.expect(200);
    let early = fixture.act(&approver, &dossier, "lateness-causes", &cause("SYSTEM")).await.expect(409);
    assert_eq!(early.json["code"], "not-late");
    fixture.installation.clock.advance(TimeDelta::days(1));
    let lateness = async || {
        let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
        moved.lateness.map(|it| (it.counted, it.official_id))
    };
    let noted = fixture.act(&approver, &dossier, "lateness-causes", &cause("SYNCHRONISATION")).await.expect(200);
    assert_eq!(noted.json["lateness"][0]["proof"], cause("SYSTEM")["proof"]);
    assert_eq!(lateness().await, Some((LatenessCount::Systems, None)));
    let _ = fixture.act(&approver, &dossier, "lateness-causes", &cause("TAX")).await.expect(200);
    assert_eq!(lateness().await, Some((LatenessCount::Others, None)));
    let _ = fixture.act(&approver, &dossier, "lateness-causes", &cause("OFFICIAL")).await.expect(200);
    assert_eq!(lateness().await, Some((LatenessCount::Official, Some(receiver.id))), "who had it as it fell due");
    assert_eq!(fixture.get(&an, &dossier).await.json["lateness"], json!([]), "for officials");
    for _ in 3..20 {
        let _ = fixture.act(&approver, &dossier, "lateness-causes", &cause("SYSTEM")).await.expect(200);
    }
    let many = fixture.act(&approver, &dossier, "lateness-causes", &cause("SYSTEM")).await.expect(409);
    assert_eq!(many.json["code"], "too-many-causes");
    let kept = format!("lateness_causes where cause = '{}'", LatenessCause::Synchronisation);
    assert_eq!(fixture.count(&kept).await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn who_may_say_so_and_of_what() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let offered = async |who| fixture.get(who, &dossier).await.json["actions"].to_string();
    let approver = fixture.approver();
    assert!(!offered(&approver).await.contains("APOLOGISE"), "not before it is late");
    fixture.installation.clock.advance(TimeDelta::days(1));
    assert!(offered(&approver).await.contains("APOLOGISE"));
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Approver)]);
    let auditor = fixture.installation.official(&[(HERE, OfficialRole::Auditor)]);
    for (path, body) in [("apology", apology()), ("lateness-causes", cause("TAX"))] {
        let _ = fixture.act(&an, &dossier, path, &body).await.expect(403);
        let _ = fixture.act(&auditor, &dossier, path, &body).await.expect(403);
        let _ = fixture.act(&elsewhere, &dossier, path, &body).await.expect(404);
    }
    let (waiting, _) = fixture.filed(&an, BIRTH).await;
    let answer = fixture.act(&fixture.approver(), &waiting, "apology", &apology()).await.expect(409);
    assert_eq!(answer.json["code"], "status-does-not-allow");
}
