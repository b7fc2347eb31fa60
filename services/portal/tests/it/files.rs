//! Papers: what is taken, what is refused with what helps, and by which name a paper goes.

use crate::{
    filing::{PDF, open, upload},
    fixture::Fixture,
};

/// What is said of a file that is too large, wherever it is said.
pub const TOO_LARGE: &str = "Mỗi tệp không được quá 10 MB. Hãy giảm độ phân giải khi quét, hoặc chia thành nhiều tệp.";

#[tokio::test]
async fn papers_of_the_wrong_kind_are_refused_beside_their_field_and_wrong_ones_can_be_removed() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    upload(&browser, &dossier, "virus.pdf", b"MZ\x90\x00 not a paper").await.expect(422).says("Có mục cần sửa");
    upload(&browser, &dossier, "", b"").await.expect(422).says("Hãy chọn một tệp.");
    upload(&browser, &dossier, "a.pdf", PDF).await.expect(303);
    let page = browser.get(&format!("{dossier}/documents")).await.expect(200);
    page.says("a.pdf");
    let removed = page.submit(&browser, &[]).await;
    assert_eq!(removed.leads_to(), format!("{dossier}/documents"));
    browser.get(&format!("{dossier}/documents")).await.says_not("a.pdf");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_beside_its_field_however_large_it_is() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let page = browser.get(&format!("{dossier}/documents")).await.expect(200);
    // Where script runs, it is told before it is sent.
    page.says("PDF, JPEG hoặc PNG, không quá 10 MB");
    assert!(
        page.html.contains("data-limit=\"10485760\"") && page.html.contains(&format!("data-too-large=\"{TOO_LARGE}\""))
    );
    for megabytes in [11, 21, 120] {
        let file = [PDF, &vec![b' '; megabytes << 20]].concat();
        let refused = upload(&browser, &dossier, "a.pdf", &file).await.expect(422);
        refused.says("Có mục cần sửa").says(TOO_LARGE);
        assert!(refused.html.contains("id=\"GIAY_TO_KHAC-error\""), "{}", refused.html);
    }
    upload(&browser, &dossier, "a.pdf", PDF).await.expect(303);
}

#[tokio::test]
async fn a_paper_that_nobody_can_open_is_refused_with_what_helps() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let locked = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R>>\n%%EOF\n";
    for (name, file, sentence) in [
        ("a.pdf", &locked[..], "không có mật khẩu"),
        ("a.pdf", &PDF[..40], "Tệp bị hỏng hoặc chưa đủ"),
        ("a.pdf", b"", "Tệp rỗng"),
        ("a.png", b"\x89PNG\r\n\x1A\n", "Hãy quét, chụp hoặc tải về lại"),
        ("a.jpg", b"\x89PNG\r\n\x1A\n", "đổi đuôi tên tệp thành .png"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic", "Chỉ nhận tệp PDF, JPEG hoặc PNG. Trên iPhone"),
        ("anh.jpg", b"\0\0\0\x18ftypheic", "Chỉ nhận tệp PDF, JPEG hoặc PNG. Trên iPhone"),
    ] {
        upload(&browser, &dossier, name, file).await.expect(422).says("Có mục cần sửa").says(sentence);
    }
    browser.get("/?lang=en").await.expect(303);
    upload(&browser, &dossier, "IMG_1.HEIC", b"\0\0\0\x18ftypheic")
        .await
        .expect(422)
        .says("PDF, JPEG or PNG. On an iPhone");
    browser.get(&format!("{dossier}/documents")).await.says_not("IMG_1");
}

#[tokio::test]
async fn a_paper_goes_by_a_name_that_says_what_it_is() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    upload(&browser, &dossier, "giay-uy-quyen.html", PDF).await.expect(303);
    let page = browser.get(&format!("{dossier}/documents")).await.expect(200);
    page.says("giay-uy-quyen.pdf").says_not("giay-uy-quyen.html");
    let mut links = page.html.split("href=\"").filter_map(|it| it.split('"').next());
    let saved = browser.get(links.find(|it| it.contains("/documents/")).expect("a link")).await.expect(200);
    let named = "attachment; filename=\"giay-uy-quyen.pdf\"; filename*=UTF-8''giay-uy-quyen.pdf";
    assert_eq!(saved.header("content-disposition"), named);
}
