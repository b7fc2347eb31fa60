//! `POST /api/v1/dossiers/{id}/documents`

use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::Method;

use crate::fixture::{BAD, BIRTH, Fixture, HERE, PDF, clamd, errors, infected};

/// One grey pixel.
const JPEG: &[u8] =
    b"\xFF\xD8\xFF\xDB\0C\0\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\
\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\
\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\xFF\xC0\0\x0B\x08\0\
\x01\0\x01\x01\x01\x11\0\xFF\xC4\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\xC4\0\x14\x10\x01\0\
\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\xDA\0\x08\x01\x01\0\0?\0?\xFF\xD9";

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
    let own = [
        (PDF, "text/html", "unsupported-media-type"),
        (JPEG, "application/pdf", "content-does-not-match"),
        (&JPEG[..40], "image/jpeg", "file-unreadable"),
        (b"\xFF\xD8\xFF\xE0<html><script>alert(1)</script>", "image/jpeg", "file-unreadable"),
        (b"\x89PNG\r\n\x1A\n", "image/png", "file-unreadable"),
        (&large, "application/pdf", "too-large"),
    ];
    for (body, media_type, code) in own.iter().chain(BAD) {
        let answer = fixture.post(&an, &path).body(*body, media_type).send().await;
        assert_eq!(answer.json["code"], *code, "{}", body.escape_ascii());
        assert_eq!(answer.status, status(code));
    }
    let _ = fixture.post(&an, &path).body(JPEG, "image/jpeg").send().await.expect(201);
    assert_eq!((fixture.files().len(), fixture.count("documents").await), (1, 1));
}

fn status(code: &str) -> u16 {
    match code {
        "too-large" => 413,
        "unsupported-media-type" | "content-does-not-match" => 415,
        _ => 422,
    }
}

#[tokio::test]
async fn a_refusal_says_what_helps_in_both_languages() {
    let fixture = Fixture::open_with(&["--document-limit", "1572864"]).await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf");
    let large = [PDF, &[b' '; 1 << 21]].concat();
    for (body, media_type, vi, en) in [
        (PDF, "image/heic", "Chỉ nhận tệp PDF, JPEG hoặc PNG.", "Settings › Camera › Formats › Most Compatible"),
        (b"", "application/pdf", "Tệp rỗng", "The file is empty."),
        (&large, "application/pdf", "Mỗi tệp không được quá 1,5 MB.", "A file may have up to 1.5 MB."),
        (JPEG, "image/png", "Hãy đổi đuôi tên tệp thành .jpg", "Let its name end in .jpg"),
    ] {
        for (language, sentence) in [("vi", vi), ("en", en)] {
            let call = fixture.post(&an, &path).header("accept-language", language).body(body, media_type);
            let answer = call.send().await;
            assert!(answer.text("/errors/0/detail").contains(sentence), "{}", answer.json);
        }
    }
}

#[tokio::test]
async fn what_readers_open_is_taken_whatever_stands_before_it() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf");
    for before in [&b"\xEF\xBB\xBF"[..], b"\r\n", b"twelve bytes"] {
        let file = [before, PDF].concat();
        let answer = fixture.post(&an, &path).body(file.clone(), "application/pdf").send().await.expect(201);
        assert_eq!(answer.json["size"], file.len());
    }
}

#[tokio::test]
async fn a_file_is_what_its_name_says() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    for (sent, kept) in [
        ("giay-uy-quyen.html", "giay-uy-quyen.pdf"),
        ("giay-uy-quyen.hta", "giay-uy-quyen.pdf"),
        ("giay-uy-quyen.lnk", "giay-uy-quyen.pdf"),
        ("giay-uy-quyen.pdf.exe", "giay-uy-quyen.pdf"),
        ("giay-uy-quyen", "giay-uy-quyen.pdf"),
        ("GIAY.PDF", "GIAY.PDF"),
    ] {
        let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name={sent}");
        let answer = fixture.post(&an, &path).body(PDF, "application/pdf").send().await.expect(201);
        assert_eq!(answer.json["file_name"], kept);
        let saved = fixture.get(&an, answer.header("location").expect("a location")).await.expect(200);
        let named = format!("attachment; filename=\"{kept}\"; filename*=UTF-8''{kept}");
        assert_eq!(saved.header("content-disposition"), Some(&*named));
    }
}

#[tokio::test]
async fn where_a_picture_was_taken_is_not_kept() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, BIRTH, HERE).await;
    let place = b"\xFF\xE1\0\x1CExif\0\0N 21.0285 E 105.8542";
    let photo = [&JPEG[..2], place, &JPEG[2..]].concat();
    let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=anh.jpg");
    let answer = fixture.post(&an, &path).body(photo, "image/jpeg").send().await.expect(201);
    assert_eq!(answer.json["size"], JPEG.len());
    assert_eq!(answer.text("/sha256"), hex::encode(Sha256::digest(JPEG)));
    let [file] = fixture.files().try_into().expect("one file");
    assert_eq!(std::fs::read(file).expect("readable"), JPEG);
}

#[tokio::test]
async fn what_the_scanner_finds_is_refused_and_without_its_word_nothing_is_taken() {
    for (address, clean, found) in
        [(clamd().await, "", "file-infected"), ("127.0.0.1:1".into(), "unavailable", "unavailable")]
    {
        let fixture = Fixture::open_with(&["--clamd", &address]).await;
        let an = fixture.an();
        let dossier = fixture.draft(&an, BIRTH, HERE).await;
        let path = format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf");
        for (file, code) in [(infected(), found), (PDF.to_vec(), clean)] {
            let answer = fixture.post(&an, &path).body(file, "application/pdf").send().await;
            assert_eq!(answer.json["code"].as_str().unwrap_or_default(), code);
        }
        let kept = usize::from(clean.is_empty());
        assert_eq!((fixture.files().len(), fixture.count("documents").await), (kept, kept as i64));
    }
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
