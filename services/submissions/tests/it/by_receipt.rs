//! `/api/v1/tracking/…`: what somebody without an account does with the receipt she was given.

use civic::events::{DossierNotice, DossierNoticed};
use serde_json::{Value, json};
use testkit::{Call, Method, TestResponse};
use uuid::Uuid;

use crate::{
    fixture::{BAD, COPY, Fixture, HERE, PDF, RESIDENCE, clamd, errors, infected},
    intake::{handed_in, take_in},
};

/// A dossier that was taken in for somebody without an account, and the receipt that she has of it.
struct Receipt<'a> {
    fixture: &'a Fixture,
    dossier: String,
    code: String,
    secret: String,
}

impl<'a> Receipt<'a> {
    async fn given(fixture: &'a Fixture) -> Self {
        let given = take_in(fixture, &fixture.receiver(), HERE, &handed_in(RESIDENCE, "DIRECT")).await.expect(201);
        Self::of(fixture, given.header("location").expect("a location").to_owned(), &given)
    }

    /// One for whose dossier a paper is asked for.
    async fn asked(fixture: &'a Fixture) -> Self {
        let receipt = Self::given(fixture).await;
        let wanted = json!({"papers": [{"component": "CT01", "reason": "Ảnh mờ.", "guidance": "Chụp lại cả tờ."}]});
        let _ = fixture.act(&fixture.approver(), &receipt.dossier, "supplement-request", &wanted).await.expect(200);
        receipt
    }

    fn of(fixture: &'a Fixture, dossier: String, given: &TestResponse) -> Self {
        let (code, secret) = (given.text("/code").to_owned(), given.text("/tracking_secret").to_owned());
        Self { fixture, dossier, code, secret }
    }

    fn shown(&self, call: Call) -> Call {
        call.header("dossier-code", &self.code).header("tracking-secret", &self.secret)
    }

    fn post(&self, action: &str) -> Call {
        self.post_once(action, &Uuid::new_v4().to_string())
    }

    fn post_once(&self, action: &str, key: &str) -> Call {
        let (nobody, path) = (self.fixture.installation.nobody(), format!("/api/v1/tracking/{action}"));
        self.shown(nobody.call("submissions", Method::POST, &path).key(key))
    }

    fn file(&self, component: &str) -> Call {
        self.file_once(component, &Uuid::new_v4().to_string())
    }

    fn file_once(&self, component: &str, key: &str) -> Call {
        let action = format!("documents?component={component}&file_name=a.pdf");
        self.post_once(&action, key).body(PDF, "application/pdf")
    }

    async fn remove(&self, document: &str) -> TestResponse {
        let path = format!("/api/v1/tracking/documents/{document}");
        self.shown(self.fixture.installation.nobody().call("submissions", Method::DELETE, &path)).send().await
    }

    async fn track(&self) -> Value {
        let question = json!({"code": self.code, "secret": self.secret});
        let call = self.fixture.installation.nobody().call("submissions", Method::POST, "/api/v1/tracking");
        call.json(&question).send().await.expect(200).json
    }
}

#[tokio::test]
async fn papers_are_sent_in_one_by_one_and_the_work_goes_on() {
    let fixture = Fixture::open().await;
    let receipt = Receipt::asked(&fixture).await;
    let shown = receipt.track().await;
    let paper = &shown["by_receipt"]["request"]["papers"][0];
    assert_eq!((&paper["component"], &paper["guidance"]), (&json!("CT01"), &json!("Chụp lại cả tờ.")));
    assert_eq!(shown["by_receipt"]["actions"][0]["action"], "ANSWER_SUPPLEMENT");
    let early = receipt.post("supplement").json(&json!({})).send().await.expect(409);
    assert_eq!(errors(&early), [("/documents/CT01".to_owned(), "component-missing".to_owned())]);

    let wrong = receipt.file("CT01").send().await.expect(201);
    let _ = receipt.remove(wrong.text("/id")).await.expect(204);
    let _ = receipt.remove(wrong.text("/id")).await.expect(404);
    let right = receipt.file("CT01").send().await.expect(201);
    assert_eq!(right.header("location"), Some(&*format!("/api/v1/tracking/documents/{}", right.text("/id"))));
    let shown = receipt.track().await;
    assert_eq!(shown["by_receipt"]["request"]["papers"][0]["documents"], json!([right.json["id"]]));
    assert_eq!(shown["by_receipt"]["documents"].as_array().map(Vec::len), Some(1));

    let sent = receipt.post("supplement").json(&json!({})).send().await.expect(200);
    assert_eq!((sent.text("/status/status"), &sent.json["by_receipt"]["request"]), ("PROCESSING", &json!(null)));
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!(told.notice, DossierNotice::SupplementAnswered);
    let again = receipt.post("supplement").json(&json!({})).send().await.expect(409);
    assert_eq!(again.text("/code"), "status-does-not-allow");
    assert_eq!(receipt.remove(right.text("/id")).await.expect(409).text("/code"), "not-a-draft", "it was sent in");
    let audited = "audit_log where action in ('document.supplied', 'document.taken_back', 'dossier.supplemented')";
    assert_eq!(fixture.count(audited).await, 4);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_dossier_is_taken_back_once_and_its_agency_reads_why() {
    let fixture = Fixture::open().await;
    let receipt = Receipt::given(&fixture).await;
    let long = "x".repeat(1001);
    let refused = receipt.post("withdrawal").json(&json!({"reason": long})).send().await.expect(400);
    assert_eq!(errors(&refused), [("/reason".to_owned(), "maxLength".to_owned())]);
    let body = json!({"reason": "Nộp nhầm."});
    let send = async || receipt.post_once("withdrawal", "one").json(&body).send().await;
    let (first, again) = (send().await.expect(200), send().await.expect(200));
    assert_eq!((first.text("/status/status"), &first.json), ("WITHDRAWN", &again.json));
    let other = receipt.post("withdrawal").json(&body).send().await.expect(409);
    assert_eq!(other.text("/code"), "status-does-not-allow");
    let seen = fixture.get(&fixture.receiver(), &receipt.dossier).await.expect(200);
    let last = seen.json["history"].as_array().and_then(|steps| steps.last()).expect("a step").clone();
    assert_eq!((&last["reason"], &last["actor"]), (&json!("Nộp nhầm."), &json!("APPLICANT")));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nothing_that_is_shown_by_receipt_tells_whose_it_is() {
    let fixture = Fixture::open().await;
    let receipt = Receipt::asked(&fixture).await;
    let id = receipt.dossier.rsplit('/').next().expect("an id");
    for shown in [receipt.track().await, receipt.file("CT01").send().await.expect(201).json] {
        let text = shown.to_string();
        assert!(!text.contains("Trần Thị Lan") && !text.contains("000192012345") && !text.contains(id), "{text}");
    }
}

#[tokio::test]
async fn who_has_an_account_signs_in_instead() {
    let fixture = Fixture::open().await;
    let (path, filed) = fixture.filed(&fixture.an(), COPY).await;
    let receipt = Receipt::of(&fixture, path, &filed);
    assert_eq!(receipt.track().await["by_receipt"], json!(null));
    for call in [
        receipt.post("withdrawal").json(&json!({})),
        receipt.post("supplement").json(&json!({})),
        receipt.file("GIAY_TO_KHAC"),
    ] {
        assert_eq!(call.send().await.expect(403).text("/code"), "sign-in-instead");
    }
    let _ = receipt.remove("00000000-0000-7000-8000-000000000000").await.expect(403);
}

#[tokio::test]
async fn without_the_right_receipt_nothing_is_done_and_the_try_is_written_down() {
    let fixture = Fixture::open().await;
    let right = Receipt::asked(&fixture).await;
    let other = Receipt::given(&fixture).await;
    let forged = |code: &str, secret: &str| Receipt {
        fixture: &fixture,
        dossier: right.dossier.clone(),
        code: code.to_owned(),
        secret: secret.to_owned(),
    };
    for (receipt, status) in [
        (forged(&right.code, "00000000000000000000"), 404),
        (forged(&right.code, &other.secret), 404),
        (forged("H44.100-260721-0009", &right.secret), 404),
        (forged(&right.code, ""), 404),
        (forged("?", &right.secret), 400),
    ] {
        let _ = receipt.post("withdrawal").json(&json!({})).send().await.expect(status);
        let _ = receipt.post("supplement").json(&json!({})).send().await.expect(status);
        let _ = receipt.file("CT01").send().await.expect(status);
        let _ = receipt.remove("00000000-0000-7000-8000-000000000000").await.expect(status);
    }
    assert_eq!(right.track().await["status"]["status"], "SUPPLEMENT_REQUESTED");
    fixture.installation.clock.advance(chrono::TimeDelta::minutes(1));
    let tried = "audit_log where action = 'tracking.refused' and actor_kind = 'STRANGER'";
    testkit::eventually(async || (fixture.count(tried).await > 0).then_some(())).await;
}

#[tokio::test]
async fn what_is_not_asked_for_or_no_file_is_refused_as_from_an_account() {
    let fixture = Fixture::open_with(&["--clamd", &clamd().await]).await;
    let receipt = Receipt::asked(&fixture).await;
    assert_eq!(receipt.file("CHO_O_HOP_PHAP").send().await.expect(409).text("/code"), "paper-not-asked");
    let _ = receipt.file("KHONG_CO").send().await.expect(400);
    for (bytes, media_type, code) in BAD {
        let call = receipt.post("documents?component=CT01&file_name=a.pdf").body(*bytes, media_type);
        assert_eq!(call.send().await.text("/code"), *code);
    }
    let sick = receipt.post("documents?component=CT01&file_name=a.pdf").body(infected(), "application/pdf");
    assert_eq!(sick.send().await.expect(422).text("/code"), "file-infected");
    assert_eq!(fixture.count("documents").await, 0);
    for _ in 0..50 {
        let _ = receipt.file("CT01").send().await.expect(201);
    }
    assert_eq!(receipt.file("CT01").send().await.expect(409).text("/code"), "too-many-documents");
    let nothing_open = Receipt::given(&fixture).await;
    let refused = nothing_open.file("CT01").send().await.expect(409);
    assert_eq!(refused.text("/code"), "not-a-draft");
}

#[tokio::test]
async fn a_key_is_one_among_those_of_the_dossier() {
    let fixture = Fixture::open().await;
    let (one, two) = (Receipt::asked(&fixture).await, Receipt::asked(&fixture).await);
    let first = one.file_once("CT01", "same").send().await.expect(201);
    let second = two.file_once("CT01", "same").send().await.expect(201);
    assert_ne!(first.json["id"], second.json["id"], "they are the same person's, told apart by their dossiers");
    assert_eq!(one.file_once("CT01", "same").send().await.expect(201).json, first.json);
}
