//! `POST` and `GET /api/v1/dossiers/{id}/results…`

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::Method;

use crate::fixture::{BAD, BIRTH, ELSEWHERE, Fixture, PDF, clamd, infected, reason};

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
    let name = "attachment; filename=\"ket qua.pdf\"; filename*=UTF-8''k%E1%BA%BFt%20qu%E1%BA%A3.pdf";
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
    assert!(refused.text("/errors/0/detail").contains("Chỉ nhận tệp PDF."), "{}", refused.json);
    assert_eq!(
        (fixture.count("results").await, fixture.files().len()),
        (0, 2),
        "only the two certificates of live birth"
    );
}

#[tokio::test]
async fn a_result_that_nobody_can_open_or_that_opens_something_else_is_refused() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let path = format!("{}/results?file_name=a.pdf", fixture.received(&an).await);
    for (file, media_type, code) in BAD {
        let refused = fixture.post(&approver, &path).body(*file, media_type).send().await;
        assert_eq!(refused.text("/code"), *code, "{}", file.escape_ascii());
    }
    assert_eq!((fixture.count("results").await, fixture.files().len()), (0, 1), "only the certificate of live birth");
}

#[tokio::test]
async fn a_result_is_what_its_name_says() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    for (sent, kept) in [("ket-qua.html", "ket-qua.pdf"), ("ket-qua.pdf.exe", "ket-qua.pdf"), ("s%3D1", "s=1.pdf")] {
        let path = format!("{dossier}/results?file_name={sent}");
        let issued = fixture.post(&approver, &path).body(PDF, "application/pdf").send().await.expect(201);
        assert_eq!(issued.json["file_name"], kept);
        let saved = fixture.get(&approver, issued.header("location").expect("a location")).await.expect(200);
        let named = format!("attachment; filename=\"{kept}\"; filename*=UTF-8''{}", kept.replace('=', "%3D"));
        assert_eq!(saved.header("content-disposition"), Some(&*named));
    }
}

#[tokio::test]
async fn a_result_kept_before_is_saved_under_a_name_that_says_what_it_is() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let issued = fixture.issue(&approver, &fixture.received(&an).await).await.expect(201);
    let before = "update results set file_name = 'ket-qua.hta'";
    fixture.installation.database("submissions").await.batch_execute(before).await.expect("a result of before");
    let saved = fixture.get(&approver, issued.header("location").expect("a location")).await.expect(200);
    let named = "attachment; filename=\"ket-qua.pdf\"; filename*=UTF-8''ket-qua.pdf";
    assert_eq!(saved.header("content-disposition"), Some(named));
}

#[tokio::test]
async fn a_result_in_which_the_scanner_finds_something_is_refused() {
    let fixture = Fixture::open_with(&["--clamd", &clamd().await]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let path = format!("{}/results?file_name=a.pdf", fixture.received(&an).await);
    let refused = fixture.post(&approver, &path).body(infected(), "application/pdf").send().await.expect(422);
    assert_eq!(refused.text("/code"), "file-infected");
    assert_eq!(fixture.count("results").await, 0);
}

#[tokio::test]
async fn a_result_issued_by_mistake_is_taken_back_before_anybody_is_given_it() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let wrong = fixture.issue(&approver, &dossier).await.expect(201);
    let right = fixture.issue(&approver, &dossier).await.expect(201);
    let path = |answer: &testkit::TestResponse| answer.header("location").expect("a location").to_owned();
    let remove = |who: &testkit::TestCaller, path: &str| who.call("submissions", Method::DELETE, path);
    let stale = remove(&approver, &path(&wrong)).header("if-match", "\"1\"").send().await.expect(412);
    assert_eq!(stale.json["code"], "stale");
    let _ = remove(&an, &path(&wrong)).send().await.expect(403);
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Approver)]);
    assert_eq!(remove(&elsewhere, &path(&wrong)).send().await.expect(404).json["code"], "dossier-not-found");
    let files = fixture.files().len();
    let _ = remove(&approver, &path(&wrong)).send().await.expect(204);
    assert_eq!(fixture.files().len(), files - 1);
    let gone = remove(&approver, &path(&wrong)).send().await.expect(404);
    assert_eq!(gone.json["code"], "result-not-found");
    let view = fixture.get(&approver, &dossier).await.expect(200);
    assert_eq!(view.json["results"], json!([right.json]));
    let noted =
        format!("audit_log where action = 'result.taken_back' and detail ->> 'result' = '{}'", wrong.text("/id"));
    assert_eq!(fixture.count(&noted).await, 1);
    let _ = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    let late = remove(&approver, &path(&right)).send().await.expect(409);
    assert_eq!(late.json["code"], "status-does-not-allow");
    let _ = fixture.act(&approver, &dossier, "correction", &reason()).await.expect(200);
    assert_eq!(remove(&approver, &path(&right)).send().await.expect(404).json["code"], "result-not-found");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn fifty_results_stand_at_once_at_most() {
    let fixture = Fixture::open().await;
    let approver = fixture.approver();
    let dossier = fixture.received(&fixture.an()).await;
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let more = "insert into results (id, dossier, file_name, media_type, size, sha256, object_key, uploaded_at, issued_by, kind)
        select gen_random_uuid(), dossier, file_name, media_type, size, sha256, object_key || n, uploaded_at, issued_by, kind
        from results, generate_series(1, 49) n";
    fixture.installation.database("submissions").await.batch_execute(more).await.expect("49 more");
    assert_eq!(fixture.issue(&approver, &dossier).await.expect(409).json["code"], "too-many-documents");
    let view = fixture.get(&approver, &dossier).await.expect(200);
    let one = format!("{dossier}/results/{}", view.text("/results/0/id"));
    let _ = approver.call("submissions", Method::DELETE, &one).send().await.expect(204);
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
}
