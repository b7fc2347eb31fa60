//! Drafts do not pile up: so many at once, and for so long.

use chrono::{DateTime, TimeDelta, Utc};
use civic::events::DraftExpiring;
use serde_json::json;
use testkit::{TestCaller, eventually};

use crate::fixture::{COPY, Fixture, HERE, PDF, copies};

async fn with_paper(fixture: &Fixture, an: &TestCaller) -> (String, String) {
    let draft = fixture.draft(an, COPY, HERE).await;
    let paper = add_paper(fixture, an, &draft).await;
    (draft, paper)
}

async fn add_paper(fixture: &Fixture, an: &TestCaller, draft: &str) -> String {
    let upload = format!("{draft}/documents?component=GIAY_TO_KHAC&file_name=a.pdf");
    let paper = fixture.post(an, &upload).body(PDF, "application/pdf").send().await.expect(201);
    format!("{draft}/documents/{}", paper.text("/id"))
}

async fn told(fixture: &Fixture) -> Vec<DraftExpiring> {
    fixture.installation.sent::<DraftExpiring>("submissions").await
}

async fn kept_until(fixture: &Fixture, an: &TestCaller, draft: &str) -> DateTime<Utc> {
    fixture.get(an, draft).await.expect(200).text("/kept_until").parse().expect("a time")
}

#[tokio::test]
async fn a_draft_that_nobody_touches_is_deleted_with_its_papers_after_its_applicant_was_told() {
    let fixture = Fixture::open().await;
    let (an, clock) = (fixture.an(), fixture.installation.clock.clone());
    let ((draft, paper), begun) = (with_paper(&fixture, &an).await, clock.now());
    assert_eq!(kept_until(&fixture, &an, &draft).await, begun + TimeDelta::days(90));
    clock.advance(TimeDelta::days(84));
    let [told] = eventually(async || told(&fixture).await.try_into().ok()).await;
    assert_eq!((told.applicant, told.agency.as_str()), (an.party(), HERE));
    assert!(draft.ends_with(&told.dossier_id.to_string()));
    assert_eq!(kept_until(&fixture, &an, &draft).await, told.kept_until);
    assert_eq!(told.kept_until, begun + TimeDelta::days(91), "a week's notice, whole");
    assert_eq!(fixture.files().len(), 1);
    clock.advance(TimeDelta::days(8));
    eventually(async || (fixture.count("dossiers").await == 0).then_some(())).await;
    eventually(async || fixture.files().is_empty().then_some(())).await;
    let _ = fixture.get(&an, &paper).await.expect(404);
    assert_eq!(fixture.count("audit_log where action = 'draft.expired'").await, 1);
    assert_eq!(self::told(&fixture).await.len(), 1);
}

#[tokio::test]
async fn a_draft_that_was_touched_after_the_notice_is_kept_anew_and_one_that_was_filed_for_ever() {
    let fixture = Fixture::open().await;
    let (an, clock) = (fixture.an(), fixture.installation.clock.clone());
    let touched = [fixture.draft(&an, COPY, HERE).await, fixture.draft(&an, COPY, HERE).await];
    let filed = fixture.draft(&an, COPY, HERE).await;
    clock.advance(TimeDelta::days(84));
    eventually(async || (told(&fixture).await.len() == 3).then_some(())).await;
    fixture.answer(&an, &touched[0], &copies(2)).await.expect(200);
    add_paper(&fixture, &an, &touched[1]).await;
    fixture.answer(&an, &filed, &copies(1)).await.expect(200);
    let filed_as = fixture.submit(&an, &filed).await.expect(201);
    assert!(filed_as.json["code"].is_string());
    for draft in &touched {
        assert_eq!(kept_until(&fixture, &an, draft).await, clock.now() + TimeDelta::days(90));
    }
    assert_eq!(fixture.get(&an, &filed).await.json["kept_until"], json!(null));
    let other = fixture.draft(&an, COPY, HERE).await;
    clock.advance(TimeDelta::days(85));
    let told_again = "dossiers where status = 'DRAFT' and expiry_told_at is not null";
    eventually(async || (fixture.count(told_again).await == 3).then_some(())).await;
    for kept in touched.iter().chain([&filed, &other]) {
        let _ = fixture.get(&an, kept).await.expect(200);
    }
}

#[tokio::test]
async fn who_has_as_many_drafts_as_one_may_have_is_told_to_throw_one_away() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let first = fixture.draft(&an, COPY, HERE).await;
    for _ in 1..100 {
        fixture.draft(&an, COPY, HERE).await;
    }
    let new = json!({"procedure": COPY, "agency": HERE});
    let open = async || fixture.post(&an, "/api/v1/dossiers").json(&new).send().await;
    assert_eq!(open().await.expect(409).text("/code"), "too-many-drafts");
    fixture.draft(&fixture.installation.citizen("Trần Thị Bình"), COPY, HERE).await;
    let thrown_away = an.call("submissions", testkit::Method::DELETE, &first).send().await;
    let _ = thrown_away.expect(204);
    let _ = open().await.expect(201);
}
