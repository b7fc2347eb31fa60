//! `POST /api/v1/dossiers/{id}/documents`

use serde_json::json;
use testkit::Method;

use crate::fixture::{BIRTH, Fixture, HERE, PDF, errors};

const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F', 0];

#[tokio::test]
async fn a_document_is_kept_with_its_size_hash_and_name() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let answer = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
    assert_eq!(answer.json["file_name"], "giấy.pdf");
    assert_eq!(answer.json["size"], PDF.len());
    assert_eq!(answer.json["media_type"], "application/pdf");
    assert_eq!(answer.text("/sha256").len(), 64);
    let dossier_now = fixture.get(&an, &dossier).await;
    assert_eq!(dossier_now.json["documents"], json!([answer.json]));
    assert_eq!(dossier_now.header("etag"), Some("\"2\""));
    let [file] = fixture.files().try_into().expect("one file");
    assert_eq!(std::fs::read(file).expect("readable"), PDF);
}

#[tokio::test]
async fn a_refused_file_leaves_nothing_behind() {
    let fixture = Fixture::open_with(&["--document-limit", "1000"]).await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf");
    let large = [PDF, &[b' '; 1000]].concat();
    let late = [b"GIF89a", PDF].concat();
    for (body, media_type, status, code) in [
        (PDF, "text/html", 415, "unsupported-media-type"),
        (JPEG, "application/pdf", 415, "content-does-not-match"),
        (&late, "application/pdf", 415, "content-does-not-match"),
        (b"<script>alert(1)</script>", "image/png", 415, "content-does-not-match"),
        (b"", "application/pdf", 415, "content-does-not-match"),
        (&large, "application/pdf", 413, "too-large"),
    ] {
        let answer = fixture.post(&an, &path).body(body, media_type).send().await.expect(status);
        assert_eq!(answer.json["code"], code);
    }
    let _ = fixture.post(&an, &path).body(JPEG, "image/jpeg").send().await.expect(201);
    assert_eq!((fixture.files().len(), fixture.count("documents").await), (1, 1));
}

#[tokio::test]
async fn component_and_name_must_make_sense() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    for (query, pointer) in [
        ("component=CT01&file_name=a.pdf", "component"),
        ("component=%00&file_name=a.pdf", "component"),
        ("component=GIAY_CHUNG_SINH&file_name=..%2Fa.pdf", "file_name"),
        ("component=GIAY_CHUNG_SINH&file_name=a%00b.pdf", "file_name"),
        ("component=GIAY_CHUNG_SINH&file_name=", "file_name"),
    ] {
        let path = format!("{dossier}/documents?{query}");
        let answer = fixture.post(&an, &path).body(PDF, "application/pdf").send().await.expect(400);
        assert_eq!(errors(&answer)[0].0, pointer, "{query}");
    }
    assert!(fixture.files().is_empty());
}

#[tokio::test]
async fn one_key_uploads_one_document() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf");
    let upload = async |body: &[u8], media_type: &str| {
        an.call("submissions", Method::POST, &path).key("k").body(body, media_type).send().await
    };
    let first = upload(PDF, "application/pdf").await.expect(201);
    let again = upload(PDF, "application/pdf").await.expect(201);
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(upload(JPEG, "image/jpeg").await.expect(422).json["code"], "idempotency-key-reused");
    assert_eq!((fixture.files().len(), fixture.count("documents").await), (1, 1), "the second copy is gone");
}

#[tokio::test]
async fn a_filed_dossier_takes_no_more_documents_but_still_answers_the_first_upload() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.ready(&an, BIRTH).await;
    let path = format!("{dossier}/documents?component=GIAY_TO_KHAC&file_name=a.pdf");
    let upload = || an.call("submissions", Method::POST, &path).key("k").body(PDF, "application/pdf");
    let first = upload().send().await.expect(201);
    let _ = fixture.submit(&an, &dossier).await.expect(201);
    assert_eq!(fixture.upload(&an, &dossier, "GIAY_TO_KHAC").await.expect(409).json["code"], "not-a-draft");
    assert_eq!(upload().send().await.expect(201).bytes, first.bytes);
    assert_eq!((fixture.files().len(), fixture.count("documents").await), (2, 2));
}

#[tokio::test]
async fn a_dossier_takes_fifty_documents_and_no_more() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    for _ in 0..50 {
        let _ = fixture.upload(&an, &dossier, "GIAY_TO_KHAC").await.expect(201);
    }
    let refused = fixture.upload(&an, &dossier, "GIAY_TO_KHAC").await.expect(409);
    assert_eq!(refused.text("/code"), "too-many-documents");
}
