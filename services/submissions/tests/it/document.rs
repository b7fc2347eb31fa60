//! `GET` and `DELETE /api/v1/dossiers/{id}/documents/{document_id}`

use testkit::Method;
use uuid::Uuid;

use crate::fixture::{BIRTH, Fixture, HERE, PDF};

#[tokio::test]
async fn a_document_comes_back_as_it_was_to_save_and_not_to_show() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let uploaded = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
    let answer = fixture.get(&an, uploaded.header("location").expect("a location")).await.expect(200);
    assert_eq!(answer.bytes, PDF);
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    let named = "attachment; filename=\"giay.pdf\"; filename*=UTF-8''gi%E1%BA%A5y.pdf";
    assert_eq!(answer.header("content-disposition"), Some(named));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_document_of_a_draft_can_be_removed_with_its_bytes() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let uploaded = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
    let path = uploaded.header("location").expect("a location");
    let remove = async || an.call("submissions", Method::DELETE, path).send().await;
    let _ = remove().await.expect(204);
    assert_eq!(remove().await.expect(404).json["code"], "document-not-found");
    let _ = fixture.get(&an, path).await.expect(404);
    assert!(fixture.files().is_empty());
}

#[tokio::test]
async fn a_document_of_a_filed_dossier_stays_and_its_officials_can_read_it() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let id = fixture.get(&an, &dossier).await.text("/documents/0/id").to_owned();
    let path = format!("{dossier}/documents/{id}");
    assert_eq!(fixture.get(&fixture.receiver(), &path).await.expect(200).bytes, PDF);
    let answer = an.call("submissions", Method::DELETE, &path).send().await.expect(409);
    assert_eq!(answer.json["code"], "not-a-draft");
}

#[tokio::test]
async fn a_document_is_found_under_its_own_dossier_only() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (one, other) = (fixture.draft(&an, BIRTH, HERE).await, fixture.draft(&an, BIRTH, HERE).await);
    let id = fixture.upload(&an, &one, "GIAY_CHUNG_SINH").await.expect(201).text("/id").to_owned();
    let _ = fixture.get(&an, &format!("{other}/documents/{id}")).await.expect(404);
    let _ = fixture.get(&an, &format!("{one}/documents/{}", Uuid::new_v4())).await.expect(404);
    let _ = fixture.get(&an, &format!("{one}/documents/none")).await.expect(400);
}
