//! What people are told of a file that is not taken.

use civic::Language;
use files::{MediaType, not_taken, too_large};

use crate::{
    fixture::{Fixture, said},
    papers::{jpeg, png},
};

/// The first bytes of a picture as an iPhone writes it.
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0";

#[tokio::test]
async fn a_refusal_says_what_is_taken_and_how_a_phone_makes_it() {
    for announced in ["image/heic", "Image/HEIF; q=1"] {
        let problem = not_taken(announced, b"", &MediaType::ALL);
        assert_eq!(problem.kind.code, "unsupported-media-type");
        let (vi, en) = (said(&problem, Language::Vi).await, said(&problem, Language::En).await);
        assert!(vi.contains("PDF, JPEG hoặc PNG") && vi.contains("iPhone") && vi.contains("Tương thích nhất"), "{vi}");
        assert!(en.contains("PDF, JPEG or PNG") && en.contains("Most Compatible"), "{en}");
    }
    let word = said(&not_taken("application/msword", b"", &MediaType::ALL), Language::Vi).await;
    assert!(word.contains("PDF, JPEG hoặc PNG") && word.contains("In › Lưu thành PDF"), "{word}");
    let result = said(&not_taken("image/png", b"", &[MediaType::Pdf]), Language::Vi).await;
    assert!(result.contains("Chỉ nhận tệp PDF.") && !result.contains("JPEG"), "{result}");
}

#[tokio::test]
async fn a_picture_of_a_phone_is_told_by_its_bytes_too() {
    for (announced, code) in [
        ("image/jpeg", "content-does-not-match"),
        ("application/pdf", "content-does-not-match"),
        ("application/octet-stream", "unsupported-media-type"),
        ("", "unsupported-media-type"),
    ] {
        let problem = Fixture::open().send(HEIC, announced).await.expect_err("refused");
        assert_eq!(problem.kind.code, code, "{announced}");
        let told = said(&problem, Language::Vi).await;
        assert!(told.contains("HEIC") && told.contains("PDF, JPEG hoặc PNG"), "{announced}: {told}");
    }
}

#[tokio::test]
async fn a_refusal_says_what_the_file_is_and_how_it_should_be_named() {
    let fixture = Fixture::open();
    let problem = fixture.send(&png(), "image/jpeg").await.expect_err("refused");
    let told = said(&problem, Language::Vi).await;
    assert!(told.contains("PNG, không phải JPEG") && told.contains(".png"), "{told}");
    let only = &[MediaType::Pdf];
    let problem = fixture.send_in(&[&jpeg()], "application/pdf", only).await.expect_err("refused");
    let told = said(&problem, Language::Vi).await;
    assert!(told.contains("không phải là PDF. Chỉ nhận tệp PDF."), "{told}");
    let problem = fixture.send(b"", "application/pdf").await.expect_err("refused");
    assert!(said(&problem, Language::Vi).await.contains("Tệp rỗng"));
}

#[tokio::test]
async fn too_large_says_how_large_a_file_may_be() {
    let problem = too_large(10 << 20);
    assert_eq!(problem.kind.code, "too-large");
    assert!(said(&problem, Language::Vi).await.contains("không được quá 10 MB"));
    assert!(said(&problem, Language::En).await.contains("up to 10 MB"));
}
