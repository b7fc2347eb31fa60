//! `POST` and `GET /api/v1/dossiers/{id}/results…`

use serde_json::json;

use crate::fixture::{BIRTH, Fixture, PDF};

#[tokio::test]
async fn a_result_is_for_officials_until_the_dossier_is_completed() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let issued = fixture.issue(&approver, &dossier).await.expect(201);
    assert_eq!(issued.json["file_name"], "kết quả.pdf");
    let path = issued.header("location").expect("a location");
    assert_eq!(fixture.get(&approver, path).await.expect(200).bytes, PDF);
    assert_eq!(fixture.get(&an, path).await.expect(404).json["code"], "result-not-found");
    assert_eq!(fixture.get(&an, &dossier).await.json["results"], json!([]));
    let _ = fixture.post(&approver, &format!("{dossier}/completion")).json(&json!({})).send().await.expect(200);
    let mine = fixture.get(&an, path).await.expect(200);
    assert_eq!(mine.bytes, PDF);
    let name = "attachment; filename*=UTF-8''k%E1%BA%BFt%20qu%E1%BA%A3.pdf";
    assert_eq!(mine.header("content-disposition"), Some(name));
    assert_eq!(fixture.get(&an, &dossier).await.json["results"], json!([issued.json]));
    assert_eq!(fixture.count("audit_log where action = 'result.issued'").await, 1);
}

#[tokio::test]
async fn a_result_is_a_pdf_of_a_dossier_that_was_received() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    assert_eq!(fixture.issue(&approver, &dossier).await.expect(409).json["code"], "status-does-not-allow");
    let path = format!("{}/results?file_name=a.png", fixture.received(&an).await);
    let png = b"\x89PNG\r\n\x1A\n----".as_slice();
    let _ = fixture.post(&approver, &path).body(png, "image/png").send().await.expect(415);
    let refused = fixture.post(&approver, &path).body(png, "application/pdf").send().await.expect(415);
    assert_eq!(refused.text("/code"), "content-does-not-match");
    assert_eq!(
        (fixture.count("results").await, fixture.files().len()),
        (0, 2),
        "only the two certificates of live birth"
    );
}
