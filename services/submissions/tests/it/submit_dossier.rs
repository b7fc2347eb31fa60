//! `POST /api/v1/dossiers/{id}/submission`

use chrono::TimeDelta;
use civic::{
    Vnd,
    events::{DossierFeeDue, DossierSubmitted},
};
use serde_json::json;
use testkit::Method;

use crate::fixture::{BIRTH, COPY, Fixture, HERE, RESIDENCE, copies, errors, version};

#[tokio::test]
async fn a_free_procedure_is_registered_at_once_and_officials_are_told() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, BIRTH).await;
    assert_eq!(receipt.json["code"], "H44.100-260721-0001");
    assert_eq!(receipt.json["status"], "REGISTERED");
    assert_eq!(receipt.json["submitted_at"], "2026-07-21T03:00:00Z");
    assert_eq!(receipt.json["due_at"], "2026-07-21T10:00:00Z", "before 15:00, so by close of business");
    assert_eq!(receipt.json["fee"], json!(null));
    let [told] = fixture.installation.sent::<DossierSubmitted>("submissions").await.try_into().expect("one event");
    assert_eq!(told.code.as_str(), "H44.100-260721-0001");
    assert_eq!(told.tracking_secret.expose(), receipt.text("/tracking_secret"));
    assert_eq!((told.applicant, told.awaiting_fee), (an.party(), false));
    assert!(fixture.installation.sent::<DossierFeeDue>("submissions").await.is_empty());
    let view = fixture.get(&an, &dossier).await.expect(200);
    assert_eq!(
        view.json["history"],
        json!([{"at": "2026-07-21T03:00:00Z", "from": "DRAFT", "to": "REGISTERED", "actor": "APPLICANT"}])
    );
    assert_eq!(fixture.count("audit_log where action = 'dossier.submitted'").await, 1);
}

#[tokio::test]
async fn a_fee_makes_the_dossier_wait_and_names_the_order_that_payments_will_open() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let id = receipt.text("/dossier_id").parse().expect("an id");
    assert_eq!(receipt.json["status"], "FEE_DUE");
    assert_eq!(receipt.json["fee"]["order_id"], json!(civic::order_id(id, 1)));
    assert_eq!(receipt.json["fee"]["total"], json!({"amount": 16_000, "currency": "VND"}));
    assert_eq!(receipt.json["fee"]["lines"][0]["quantity"], 2);
    let [due] = fixture.installation.sent::<DossierFeeDue>("submissions").await.try_into().expect("one event");
    assert_eq!((due.order_id, due.dossier_id, due.payer), (civic::order_id(id, 1), id, an.party()));
    assert_eq!((due.total, due.lines.len()), (Vnd::new(16_000).expect("an amount"), 1));
    let [told] = fixture.installation.sent::<DossierSubmitted>("submissions").await.try_into().expect("one event");
    assert!(told.awaiting_fee);
    let view = fixture.get(&an, &dossier).await.expect(200);
    let steps: Vec<_> = view.json["history"].as_array().expect("a history").iter().map(|step| &step["to"]).collect();
    assert_eq!(steps, ["REGISTERED", "FEE_DUE"]);
    assert_eq!(view.json["fee"]["paid_at"], json!(null));
}

#[tokio::test]
async fn the_online_price_is_asked_and_working_days_are_counted() {
    let fixture = Fixture::open().await;
    let (_, receipt) = fixture.filed(&fixture.an(), RESIDENCE).await;
    assert_eq!(receipt.json["fee"]["total"]["amount"], 10_000);
    assert_eq!(receipt.json["due_at"], "2026-07-30T10:00:00Z", "seven working days after Tuesday 21 July");
}

#[tokio::test]
async fn what_is_filed_after_three_is_expected_the_next_working_day() {
    let fixture = Fixture::open().await;
    fixture.installation.clock.advance(TimeDelta::hours(5) + TimeDelta::minutes(1));
    let (_, receipt) = fixture.filed(&fixture.an(), BIRTH).await;
    assert_eq!(receipt.json["due_at"], "2026-07-22T10:00:00Z");
}

#[tokio::test]
async fn an_incomplete_dossier_is_told_everything_that_is_missing_and_uses_no_code() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let mut answers = copies(1);
    answers.as_object_mut().expect("an object").remove("event");
    let _ = fixture.answer(&an, &dossier, &answers).await.expect(200);
    let answer = fixture.submit(&an, &dossier).await.expect(409);
    assert_eq!(answer.json["code"], "dossier-incomplete");
    assert_eq!(errors(&answer), [("/answers/event".to_owned(), "required".to_owned())]);
    let birth = fixture.draft(&an, BIRTH, HERE).await;
    let found = errors(&fixture.submit(&an, &birth).await.expect(409));
    assert!(found.contains(&("/documents/GIAY_CHUNG_SINH".to_owned(), "component-missing".to_owned())), "{found:?}");
    assert!(found.contains(&("/answers/child_name".to_owned(), "required".to_owned())), "{found:?}");
    assert_eq!((fixture.count("code_counters").await, fixture.count("outbox").await), (0, 0));
    let (_, receipt) = fixture.filed(&an, BIRTH).await;
    assert_eq!(receipt.json["code"], "H44.100-260721-0001");
}

#[tokio::test]
async fn one_key_files_once_and_gives_the_same_receipt_again() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let path = format!("{}/submission", fixture.ready(&an, COPY).await);
    let submit = async || an.call("submissions", Method::POST, &path).key("k").send().await;
    let first = submit().await.expect(201);
    fixture.installation.clock.advance(TimeDelta::days(1));
    let again = submit().await.expect(201);
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(fixture.submit(&an, path.trim_end_matches("/submission")).await.expect(409).json["code"], "not-a-draft");
    let (_, next) = fixture.filed(&an, BIRTH).await;
    assert_eq!(next.json["code"], "H44.100-260722-0001", "a new day begins anew");
    assert_eq!(fixture.count("code_counters where last = 1").await, 2);
}

#[tokio::test]
async fn a_dossier_stays_pinned_to_the_version_it_was_begun_with() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.ready(&an, COPY).await;
    let next = include_str!("../../../catalogue/data/procedures/2.000635/2.json");
    fixture.installation.publish("catalogue", &version(COPY, 2, next)).await;
    fixture
        .installation
        .until("submissions", "(select count(*) from procedure_versions where procedure = '2.000635') = 2")
        .await;
    assert_eq!(fixture.get(&an, &dossier).await.json["procedure"]["version"], 1);
    let _ = fixture.submit(&an, &dossier).await.expect(201);
    let newer = fixture.draft(&an, COPY, HERE).await;
    assert_eq!(fixture.get(&an, &newer).await.json["procedure"]["version"], 2);
}
