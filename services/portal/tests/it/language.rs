//! Two languages on every page.

use crate::fixture::Fixture;

#[tokio::test]
async fn vietnamese_is_first_english_by_a_link_and_the_choice_is_remembered() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/procedures?q=khai+sinh").await.expect(200);
    assert_eq!(page.header("content-language"), "vi");
    assert!(page.html.contains("<html lang=\"vi\""), "{}", page.html);
    page.says("Đăng ký khai sinh");
    assert!(page.html.contains("/procedures?q=khai+sinh&amp;lang=en"), "{}", page.html);
    let chosen = browser.get("/procedures?q=khai+sinh&lang=en").await;
    assert_eq!(chosen.leads_to(), "/procedures?q=khai+sinh");
    for path in ["/procedures?q=khai+sinh", "/procedures/1.001193"] {
        let page = browser.get(path).await.expect(200);
        assert_eq!(page.header("content-language"), "en");
        page.says("Birth registration");
    }
    browser.get("/?lang=vi").await.expect(303);
    browser.get("/").await.expect(200).says("Thủ tục hành chính tại một cửa");
}

#[tokio::test]
async fn a_first_visit_follows_the_browser() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let english = browser.send(browser.request(reqwest::Method::GET, "/").header("accept-language", "en-GB,en")).await;
    english.says("Public services through one door");
    let french = browser.send(browser.request(reqwest::Method::GET, "/").header("accept-language", "fr")).await;
    french.says("Thủ tục hành chính tại một cửa");
}

#[tokio::test]
async fn a_kiosk_stays_one_until_it_is_told_otherwise() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    browser.get("/?kiosk=1").await.expect(303);
    for path in ["/", "/procedures?q=khai+sinh", "/tracking", "/nowhere"] {
        let page = browser.get(path).await;
        assert!(page.html.contains("motcua-kiosk") && page.html.contains("data-module=\"motcua-idle\""), "{path}");
        page.says_not("Đăng nhập");
    }
    browser.get("/?kiosk=0").await.expect(303);
    assert!(!browser.get("/").await.html.contains("motcua-kiosk"));
}
