//! `…/consultations`: what agencies ask each other.

use chrono::TimeDelta;
use civic::{
    OfficialRole,
    events::{ConsultationNotice, ConsultationNoticed},
};
use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse, eventually};

use crate::{
    fixture::{BAD, ELSEWHERE, Fixture, HERE, PDF, clamd, errors, infected},
    process::assign_post_at,
};

fn question(agency: &str, shows: &str) -> Value {
    json!({"agency": agency, "question": "Đề nghị xác minh nơi cư trú trước đây.", "shows": shows})
}

fn opinion() -> Value {
    json!({"answer": "Đã cư trú tại xã từ năm 2015."})
}

/// Who answers at the agency that is asked.
async fn asked_there(fixture: &Fixture) -> TestCaller {
    serving(fixture, ELSEWHERE).await
}

async fn serving(fixture: &Fixture, agency: &str) -> TestCaller {
    // Once it is known who serves where, people file only where somebody receives.
    assign_post_at(fixture, HERE, &fixture.receiver(), "Trần Thị Tiếp", &[OfficialRole::Receiver]).await;
    let official = fixture.installation.official(&[(agency, OfficialRole::Processor)]);
    assign_post_at(fixture, agency, &official, "Đỗ Văn Lý", &[OfficialRole::Processor]).await;
    official
}

async fn notices(fixture: &Fixture) -> Vec<ConsultationNotice> {
    let told = fixture.installation.sent::<ConsultationNoticed>("submissions").await;
    told.into_iter().map(|told| told.notice).collect()
}

async fn add(fixture: &Fixture, who: &TestCaller, consultation: &str, file: &[u8]) -> TestResponse {
    let path = format!("{consultation}/documents?file_name=a.pdf");
    fixture.post(who, &path).body(file.to_vec(), "application/pdf").send().await
}

#[tokio::test]
async fn another_agency_sees_what_the_question_shows_answers_with_a_document_and_is_read() {
    let fixture = Fixture::open().await;
    let (an, approver, there) = (fixture.an(), fixture.approver(), asked_there(&fixture).await);
    let dossier = fixture.received(&an).await;
    let asked = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(200);
    // Neither the dossier nor its time waits. Three working days from Tuesday: Friday.
    assert_eq!((&asked.json["status"], &asked.json["urgency"]), (&json!("RECEIVED"), &json!("DUE_SOON")));
    assert_eq!(asked.json["requests"][0]["answer_by"], "2026-07-24T10:00:00Z");
    assert_eq!(asked.json["requests"][0]["asked_of"]["name"]["vi"], "Xã Thanh Miếu");
    let _ = fixture.get(&there, &dossier).await.expect(404);
    let list = fixture.get(&there, &format!("/api/v1/agencies/{ELSEWHERE}/consultations")).await.expect(200);
    let item = &list.json["items"][0];
    assert_eq!((&item["agency"]["code"], &item["number"], &item["late"]), (&json!(HERE), &json!(1), &json!(false)));
    let path = format!("{dossier}/consultations/1");
    let seen = fixture.get(&there, &path).await.expect(200);
    assert_eq!(seen.json["applicant_name"], "Nguyễn Văn An");
    assert_eq!(seen.json["answers"]["child_name"], "Nguyễn Minh Khôi");
    let paper = format!("{path}/files/{}", seen.text("/documents/0/id"));
    let _ = fixture.get(&there, &paper).await.expect(200);
    let read = "audit_log where action = 'personal_data.read' and detail ->> 'shown' = 'consultation'";
    assert_eq!(fixture.count(read).await, 2);
    let document = add(&fixture, &there, &path, PDF).await.expect(201);
    let answered = fixture.act(&there, &path, "answer", &opinion()).await.expect(200);
    assert_eq!((&answered.json["state"], &answered.json["answers"]), (&json!("ANSWERED"), &json!(null)));
    // What it saw is not shown any longer than it is asked.
    let _ = fixture.get(&there, &paper).await.expect(404);
    let view = fixture.get(&approver, &dossier).await.expect(200);
    let request = &view.json["requests"][0];
    assert_eq!((&request["answer"], &request["declined"]), (&opinion()["answer"], &json!(false)));
    assert_eq!(request["files"][0]["id"], document.json["id"]);
    let file = format!("{path}/files/{}", document.text("/id"));
    assert_eq!(fixture.get(&approver, &file).await.expect(200).bytes, PDF);
    // Its applicant knows who was asked, and not what was said.
    let own = fixture.get(&an, &dossier).await.expect(200);
    let request = &own.json["requests"][0];
    assert_eq!((&request["message"], &request["answer"], &request["files"]), (&json!(""), &json!(null), &json!([])));
    assert_eq!(notices(&fixture).await, [ConsultationNotice::Asked, ConsultationNotice::Answered]);
    let again = fixture.act(&there, &path, "answer", &opinion()).await.expect(409);
    assert_eq!(again.json["code"], "consultation-over");
    assert_eq!(add(&fixture, &there, &path, PDF).await.expect(409).json["code"], "consultation-over");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_question_alone_shows_nothing_of_the_applicant() {
    let fixture = Fixture::open().await;
    let there = asked_there(&fixture).await;
    let dossier = fixture.received(&fixture.an()).await;
    let asked = fixture.act(&fixture.approver(), &dossier, "consultations", &question(ELSEWHERE, "QUESTION")).await;
    let document = asked.expect(200).text("/documents/0/id").to_owned();
    let path = format!("{dossier}/consultations/1");
    let seen = fixture.get(&there, &path).await.expect(200);
    let shown = (&seen.json["applicant_name"], &seen.json["answers"], &seen.json["documents"]);
    assert_eq!(shown, (&json!(null), &json!(null), &json!([])));
    let paper = fixture.get(&there, &format!("{path}/files/{document}")).await.expect(404);
    assert_eq!(paper.json["code"], "document-not-found");
    let none = json!({"answer": "Không thuộc địa bàn quản lý của xã.", "declined": true});
    let _ = fixture.act(&there, &path, "answer", &none).await.expect(200);
    assert_eq!(notices(&fixture).await, [ConsultationNotice::Asked, ConsultationNotice::Declined]);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nothing_is_decided_while_an_opinion_is_waited_for_unless_the_question_is_taken_back() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let _there = asked_there(&fixture).await;
    let dossier = fixture.received(&an).await;
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let _ = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(200);
    let twice = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(409);
    assert_eq!(twice.json["code"], "consulted-already");
    let early = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(409);
    assert_eq!(early.json["code"], "consultation-open");
    let decline = format!(
        "{dossier}/refusal-document?file_name=a.pdf&reason=Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n."
    );
    let declined = fixture.post(&approver, &decline).body(PDF, "application/pdf").send().await.expect(409);
    assert_eq!(declined.json["code"], "consultation-open");
    let path = format!("{dossier}/consultations/1");
    let _ = fixture.act(&approver, &path, "cancellation", &json!({})).await.expect(200);
    let over = fixture.act(&approver, &path, "cancellation", &json!({})).await.expect(409);
    assert_eq!(over.json["code"], "consultation-over");
    let _ = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    assert_eq!(notices(&fixture).await, [ConsultationNotice::Asked, ConsultationNotice::Cancelled]);
    let late = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(409);
    assert_eq!(late.json["code"], "status-does-not-allow");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn who_is_late_is_reminded_once_and_nobody_is_waited_for_at_the_end() {
    let fixture = Fixture::open().await;
    let (an, approver, there) = (fixture.an(), fixture.approver(), asked_there(&fixture).await);
    let dossier = fixture.received(&an).await;
    let _ = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "QUESTION")).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::days(4));
    let late = [ConsultationNotice::Asked, ConsultationNotice::Late];
    eventually(async || (notices(&fixture).await == late).then_some(())).await;
    let list = format!("/api/v1/agencies/{ELSEWHERE}/consultations");
    assert_eq!(fixture.get(&there, &list).await.expect(200).json["items"][0]["late"], true);
    let withdrawn = fixture.act(&an, &dossier, "withdrawal", &json!({})).await.expect(200);
    assert_eq!(withdrawn.json["requests"][0]["state"], "CANCELLED");
    // Who is not waited for any more is told so, and has nothing to answer.
    assert_eq!(notices(&fixture).await, [&late[..], &[ConsultationNotice::Cancelled]].concat());
    assert_eq!(fixture.get(&there, &list).await.expect(200).json["items"], json!([]));
    let seen = fixture.get(&there, &format!("{dossier}/consultations/1")).await.expect(200);
    assert_eq!(seen.json["state"], "CANCELLED");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn only_who_is_asked_answers_and_only_agencies_that_there_are_are_asked() {
    let fixture = Fixture::open().await;
    let (an, approver, receiver) = (fixture.an(), fixture.approver(), fixture.receiver());
    let dossier = fixture.received(&an).await;
    for (agency, code) in [("H44.199", "unknown"), (HERE, "own"), (ELSEWHERE, "nobody-serves")] {
        let wrong = fixture.act(&approver, &dossier, "consultations", &question(agency, "PAPERS")).await.expect(400);
        assert_eq!(errors(&wrong), [("/agency".into(), code.into())]);
    }
    // Who only looks on there answers nobody.
    let looks_on = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Auditor)]);
    assign_post_at(&fixture, ELSEWHERE, &looks_on, "Vũ Thị Giám", &[OfficialRole::Auditor]).await;
    let unheard = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(400);
    assert_eq!(errors(&unheard), [("/agency".into(), "nobody-serves".into())]);
    let _there = asked_there(&fixture).await;
    let _ = fixture.act(&receiver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(403);
    let _ = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(200);
    let path = format!("{dossier}/consultations/1");
    let third = fixture.installation.official(&[("H44.102", OfficialRole::Processor)]);
    let auditor = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Auditor)]);
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Approver)]);
    // Not the agency that asks, either: it reads the answer in its dossier.
    for who in [&third, &approver] {
        let _ = fixture.get(who, &path).await.expect(404);
        let _ = fixture.act(who, &path, "answer", &opinion()).await.expect(404);
        let _ = add(&fixture, who, &path, PDF).await.expect(404);
    }
    let file = format!("{path}/files/00000000-0000-0000-0000-000000000000");
    let _ = fixture.get(&third, &file).await.expect(404);
    for (who, answer) in [(&an, 403), (&auditor, 403)] {
        let _ = fixture.get(who, &path).await.expect(answer);
        let _ = fixture.act(who, &path, "answer", &opinion()).await.expect(answer);
        let _ = add(&fixture, who, &path, PDF).await.expect(answer);
    }
    let _ = fixture.get(&an, &file).await.expect(403);
    let _ = fixture.act(&receiver, &path, "cancellation", &json!({})).await.expect(403);
    let _ = fixture.act(&elsewhere, &path, "cancellation", &json!({})).await.expect(404);
    let _ = fixture.act(&elsewhere, &dossier, "consultations", &question(HERE, "PAPERS")).await.expect(404);
    let list = format!("/api/v1/agencies/{ELSEWHERE}/consultations");
    let _ = fixture.get(&third, &list).await.expect(404);
    let _ = fixture.get(&an, &list).await.expect(403);
    // Another number is no question.
    let _ = fixture.get(&elsewhere, &format!("{dossier}/consultations/2")).await.expect(404);
}

#[tokio::test]
async fn documents_of_an_answer_are_looked_at_and_are_five_at_most() {
    let clamd = clamd().await;
    let fixture = Fixture::open_with(&["--clamd", &clamd]).await;
    let there = asked_there(&fixture).await;
    let dossier = fixture.received(&fixture.an()).await;
    let _ =
        fixture.act(&fixture.approver(), &dossier, "consultations", &question(ELSEWHERE, "QUESTION")).await.expect(200);
    let path = format!("{dossier}/consultations/1");
    for (file, _, code) in BAD {
        assert_eq!(add(&fixture, &there, &path, file).await.json["code"], *code);
    }
    assert_eq!(add(&fixture, &there, &path, &infected()).await.json["code"], "file-infected");
    for _ in 0..5 {
        let _ = add(&fixture, &there, &path, PDF).await.expect(201);
    }
    assert_eq!(add(&fixture, &there, &path, PDF).await.expect(409).json["code"], "too-many-documents");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn ten_agencies_are_asked_at_once_at_most() {
    let fixture = Fixture::open().await;
    let approver = fixture.approver();
    let dossier = fixture.received(&fixture.an()).await;
    let name = civic::LocalText::new("Xã", "Commune");
    for number in 110..121 {
        let agency = format!("H44.{number}").parse().expect("a code");
        let opened = civic::events::AgencyOpened {
            agency,
            name: name.clone(),
            parent: None,
            contact: civic::events::AgencyContact::default(),
        };
        fixture.installation.publish("accounts", &opened).await;
    }
    eventually(async || (fixture.count("agencies").await == 13).then_some(())).await;
    for number in 110..121 {
        let _ = serving(&fixture, &format!("H44.{number}")).await;
    }
    for number in 110..120 {
        let asked = question(&format!("H44.{number}"), "QUESTION");
        let _ = fixture.act(&approver, &dossier, "consultations", &asked).await.expect(200);
    }
    let more = fixture.act(&approver, &dossier, "consultations", &question("H44.120", "QUESTION")).await.expect(409);
    assert_eq!(more.json["code"], "too-many-consultations");
}

#[tokio::test]
async fn who_answers_or_takes_back_does_so_from_the_dossier_as_it_is() {
    let fixture = Fixture::open().await;
    let (approver, there) = (fixture.approver(), asked_there(&fixture).await);
    let dossier = fixture.received(&fixture.an()).await;
    let _ = fixture.act(&approver, &dossier, "consultations", &question(ELSEWHERE, "PAPERS")).await.expect(200);
    let path = format!("{dossier}/consultations/1");
    let version = |answer: &TestResponse| answer.header("etag").expect("a version").to_owned();
    let seen = version(&fixture.get(&there, &path).await);
    let document = format!("{path}/documents?file_name=a.pdf");
    let upload = async |from: &str| {
        fixture.post(&there, &document).header("if-match", from).body(PDF, "application/pdf").send().await
    };
    let with_document = version(&upload(&seen).await.expect(201));
    assert_eq!(upload(&seen).await.expect(412).json["code"], "stale");
    let answer = format!("{path}/answer");
    let answer =
        async |from: &str| fixture.post(&there, &answer).header("if-match", from).json(&opinion()).send().await;
    assert_eq!(answer(&seen).await.expect(412).json["code"], "stale");
    let back = fixture.post(&approver, &format!("{path}/cancellation")).header("if-match", &seen).json(&json!({}));
    assert_eq!(back.send().await.expect(412).json["code"], "stale");
    assert_eq!(answer(&with_document).await.expect(200).json["state"], "ANSWERED");
    fixture.assert_sound().await;
}
