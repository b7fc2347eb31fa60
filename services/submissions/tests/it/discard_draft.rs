//! Throwing a draft away.

use testkit::{Method, TestCaller, TestResponse};

use crate::fixture::{COPY, Fixture, HERE, PDF, copies};

async fn discard(who: &TestCaller, dossier: &str) -> TestResponse {
    who.call("submissions", Method::DELETE, dossier).send().await
}

#[tokio::test]
async fn a_draft_is_gone_with_its_papers_and_only_once() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, COPY, HERE).await;
    let upload = format!("{draft}/documents?component=GIAY_TO_KHAC&file_name=a.pdf");
    let paper = fixture.post(&an, &upload).body(PDF, "application/pdf").send().await.expect(201);
    let paper = format!("{draft}/documents/{}", paper.text("/id"));
    let _ = discard(&an, &draft).await.expect(204);
    for gone in [&draft, &paper] {
        let _ = fixture.get(&an, gone).await.expect(404);
    }
    assert_eq!(discard(&an, &draft).await.expect(404).text("/code"), "dossier-not-found");
    assert!(fixture.get(&an, "/api/v1/dossiers").await.json["items"].as_array().is_some_and(Vec::is_empty));
}

#[tokio::test]
async fn what_is_filed_is_not_thrown_away_and_neither_is_somebody_elses_draft() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let stranger = fixture.installation.citizen("Trần Thị Bình");
    let _ = discard(&stranger, &dossier).await.expect(404);
    let _ = discard(&fixture.receiver(), &dossier).await.expect(403);
    fixture.answer(&an, &dossier, &copies(1)).await.expect(200);
    let _ = fixture.submit(&an, &dossier).await.expect(201);
    assert_eq!(discard(&an, &dossier).await.expect(409).text("/code"), "not-a-draft");
    let _ = fixture.get(&an, &dossier).await.expect(200);
}
