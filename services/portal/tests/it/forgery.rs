//! Forms that other sites send in a visitor's name, and frames around ours.

use reqwest::Method;

use crate::fixture::{Fixture, PASSWORD};

#[tokio::test]
async fn a_form_without_the_seal_of_this_browser_changes_nothing() {
    let fixture = Fixture::open().await;
    let login = fixture.login("an@");
    let who = [("email", &*login), ("password", PASSWORD)];
    let browser = fixture.browser();
    browser.get("/sign-in").await.expect(200);
    browser.post("/sign-in", &who).await.expect(403).says("Biểu mẫu này đã cũ");
    let another = fixture.browser();
    let page = another.get("/sign-in").await.expect(200);
    page.submit(&browser, &who).await.expect(403);
    assert_eq!(browser.cookie("__Host-motcua"), None);
    let signed_in = fixture.signed_in(&login).await;
    signed_in.post("/sign-out", &[]).await.expect(403);
    signed_in.get("/dossiers").await.expect(200);
}

#[tokio::test]
async fn a_sealed_form_that_the_browser_says_comes_from_another_site_is_refused() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let page = browser.get("/dossiers").await.expect(200);
    let seal = page.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = browser.request(Method::POST, "/sign-out").header(name, value).form(&[("form_seal", &seal)]);
        browser.send(request).await.expect(403);
    }
    let origin = fixture.gateway.clone();
    let request = browser.request(Method::POST, "/sign-out").header("origin", origin).form(&[("form_seal", &seal)]);
    browser.send(request).await.expect(303);
}

#[tokio::test]
async fn every_page_forbids_frames_inline_code_and_other_origins() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    for path in ["/", "/sign-in", "/nowhere", "/procedures/1.001193"] {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        let html = &page.html;
        let inline = [" style=\"", "<style", " onclick", "javascript:", "<script>"];
        assert!(inline.iter().all(|it| !html.contains(it)), "{html}");
    }
}
