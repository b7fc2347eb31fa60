//! What an owner does to a draft from an old page: she is told that it changed, and nothing is done.

use testkit::{Method, TestCaller};

use crate::fixture::{COPY, Fixture, HERE, PDF, copies};

async fn etag(fixture: &Fixture, who: &TestCaller, dossier: &str) -> String {
    fixture.get(who, dossier).await.header("etag").expect("a version").to_owned()
}

#[tokio::test]
async fn filing_papers_and_throwing_away_heed_the_version_that_was_looked_at() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, COPY, HERE).await;
    fixture.answer(&an, &draft, &copies(1)).await.expect(200);
    let upload = format!("{draft}/documents?component=GIAY_TO_KHAC&file_name=a.pdf");
    let old = "\"1\"";
    let paper = || fixture.post(&an, &upload).body(PDF, "application/pdf");
    assert_eq!(paper().header("if-match", old).send().await.expect(412).text("/code"), "stale");
    let now = etag(&fixture, &an, &draft).await;
    let kept = paper().header("if-match", &now).send().await.expect(201);
    let kept = format!("{draft}/documents/{}", kept.text("/id"));
    for (method, path) in [(Method::DELETE, &kept), (Method::DELETE, &draft)] {
        let stale = an.call("submissions", method, path).header("if-match", old).send().await.expect(412);
        assert_eq!(stale.text("/code"), "stale", "{path}");
    }
    let submission = format!("{draft}/submission");
    let stale = fixture.post(&an, &submission).header("if-match", old).send().await.expect(412);
    assert_eq!(stale.text("/code"), "stale");
    let there = fixture.get(&an, &draft).await;
    assert_eq!((there.text("/status"), there.json["documents"].as_array().map(Vec::len)), ("DRAFT", Some(1)));
    let gone = an.call("submissions", Method::DELETE, &kept).header("if-match", &etag(&fixture, &an, &draft).await);
    let _ = gone.send().await.expect(204);
}

#[tokio::test]
async fn a_filing_sent_again_under_its_key_is_the_first_whatever_the_version_became() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, COPY, HERE).await;
    fixture.answer(&an, &draft, &copies(1)).await.expect(200);
    let (version, path) = (etag(&fixture, &an, &draft).await, format!("{draft}/submission"));
    let file = || an.call("submissions", Method::POST, &path).key("one").header("if-match", &version);
    let first = file().send().await.expect(201);
    assert_eq!(file().send().await.expect(201).json, first.json);
}
