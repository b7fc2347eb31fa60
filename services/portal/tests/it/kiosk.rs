//! A kiosk forgets: a screen that everybody uses shows nobody what the person before did.

use chrono::TimeDelta;
use testkit::eventually;

use crate::{
    browser::{Browser, Page},
    filing::{PDF, filed_with, open},
    fixture::{Fixture, PASSWORD},
};

const SESSION: &str = "__Host-motcua";
const END: &str = "/kiosk/end";

/// A kiosk where somebody has signed in on the way to a form, as one does there.
async fn kiosk(fixture: &Fixture) -> Browser {
    let browser = fixture.browser();
    browser.get("/?kiosk=1").await.expect(303);
    let page = browser.get("/sign-in?next=%2Fdossiers").await.expect(200);
    let who = [("email", &*fixture.login("an@")), ("password", PASSWORD)];
    assert_eq!(page.submit(&browser, &who).await.leads_to(), "/dossiers");
    browser
}

/// Where a page's links, forms, frames and pictures lead.
fn ways(page: &Page) -> Vec<&str> {
    let attributes = ["href=\"", "action=\"", "src=\"", "content=\"0; url="];
    attributes.iter().flat_map(|name| page.html.split(name).skip(1).filter_map(|rest| rest.split('"').next())).collect()
}

#[tokio::test]
async fn a_kiosks_session_ends_by_itself_after_two_minutes_and_its_pages_lead_to_the_start() {
    let fixture = Fixture::open().await;
    let browser = kiosk(&fixture).await;
    browser.get("/dossiers").await.expect(200).says("Nguyễn Văn An");
    fixture.installation.clock.advance(TimeDelta::seconds(90));
    browser.get("/kiosk/alive").await.expect(204);
    fixture.installation.clock.advance(TimeDelta::seconds(90));
    browser.get("/dossiers").await.expect(200).says("Nguyễn Văn An");
    fixture.installation.clock.advance(TimeDelta::seconds(121));
    let (page, sign) = (browser.copy(), browser.copy());
    assert_eq!(page.get("/dossiers").await.leads_to(), END);
    assert_eq!(sign.get("/kiosk/alive").await.leads_to(), END);
    browser.get("/").await.expect(200).says_not("Nguyễn Văn An");
}

#[tokio::test]
async fn the_way_to_the_start_signs_out_and_forgets_language_form_seals_and_payment() {
    let fixture = Fixture::open().await;
    let browser = kiosk(&fixture).await;
    browser.get("/?lang=en").await.expect(303);
    browser.set_cookie("__Host-motcua-paying", &"a".repeat(32));
    let (tab, form) = (browser.copy(), browser.get("/dossiers").await.expect(200));
    assert_eq!(browser.get(END).await.leads_to(), "/");
    for name in [SESSION, "__Host-motcua-visitor", "__Host-motcua-language", "__Host-motcua-paying"] {
        assert_eq!(browser.cookie(name), None, "{name}");
    }
    assert_eq!(browser.cookie("__Host-motcua-kiosk").as_deref(), Some("1"));
    tab.get("/dossiers").await.expect(303);
    browser.get("/").await.expect(200).says("Thủ tục hành chính tại một cửa").says_not("Nguyễn Văn An");
    let seal = form.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    browser.post("/tracking", &[("form_seal", &seal), ("code", "a"), ("secret", "b")]).await.expect(403);
}

#[tokio::test]
async fn every_page_of_a_kiosk_has_the_timer_with_and_without_script_and_none_leads_out() {
    let fixture = Fixture::open().await;
    let browser = kiosk(&fixture).await;
    let draft = open(&browser).await;
    let filed = filed_with(&browser, Some(("uy-quyen.pdf", PDF))).await;
    let id = filed.trim_start_matches("/dossiers/");
    let mut pages: Vec<String> = ["", "/form/1", "/documents", "/check"].map(|below| format!("{draft}{below}")).into();
    pages.extend(["", "/slip", "/payment"].map(|below| format!("{filed}{below}")));
    pages.push(format!("/registration/{id}"));
    let plain = "/ /procedures /procedures/1.001193 /procedures/1.001193/start /agencies /agencies/H44 /registration /sign-in \
                 /tracking /dossiers /messages /payment-return /nowhere /work /procedures?cursor=abc";
    pages.extend(plain.split(' ').map(str::to_owned));
    for path in &pages {
        let page = browser.get(path).await;
        assert!(page.html.contains("data-module=\"motcua-idle\""), "{path}: {}", page.html);
        let refresh = format!("<meta http-equiv=\"refresh\" content=\"120; url={END}\">");
        assert!(page.html.contains(&refresh), "{path}: {}", page.html);
        for way in ways(&page) {
            let inside = way.starts_with('#') || way.starts_with('/') && !way.starts_with("//");
            assert!(inside && !way.starts_with("/docs") && !way.starts_with("/api"), "{path} leads to {way}");
            assert!(!way.contains(&format!("{id}/documents/")), "{path} gives a file away: {way}");
        }
    }
    let at_home = fixture.browser().get("/").await.expect(200);
    assert!(ways(&at_home).contains(&"/docs/"), "{}", at_home.html);
    assert!(!at_home.html.contains(END), "{}", at_home.html);
}

#[tokio::test]
async fn a_kiosk_gives_no_file_and_sends_nobody_to_a_provider_but_shows_the_way_for_ones_own_phone() {
    let fixture = Fixture::open().await;
    let browser = kiosk(&fixture).await;
    let dossier = filed_with(&browser, Some(("uy-quyen.pdf", PDF))).await;
    let page = eventually(|| async {
        let page = browser.get(&format!("{dossier}/payment")).await.expect(200);
        page.html.contains("data-payment-state=\"due\"").then_some(page)
    })
    .await;
    assert!(!page.html.contains("action=\"/dossiers") && page.html.contains("class=\"motcua-qr\""), "{}", page.html);
    page.says("điện thoại của mình");
    let seal = page.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    browser.post(&format!("{dossier}/payment"), &[("form_seal", &seal), ("key", "a")]).await.expect(403);
    let at_home = fixture.signed_in(&fixture.login("an@")).await;
    let link = at_home.get(&dossier).await.expect(200).html;
    let link = link.split("href=\"").find(|it| it.contains("/documents/")).and_then(|it| it.split('"').next());
    let file = link.expect("a link").to_owned();
    at_home.get(&file).await.expect(200);
    for address in [file.clone(), format!("{file}/view")] {
        browser.get(&address).await.expect(403).says("điện thoại của mình");
    }
}

#[tokio::test]
async fn who_was_signed_in_before_the_screen_became_a_kiosk_is_not_there_any_more() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    browser.get("/?kiosk=1").await.expect(303);
    browser.get("/").await.expect(200).says_not("Nguyễn Văn An");
    browser.get("/dossiers").await.expect(303);
    browser.get("/?kiosk=0").await.expect(303);
    browser.get("/dossiers").await.expect(303);
}

#[tokio::test]
async fn officials_do_not_sign_in_at_a_kiosk() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    browser.get("/?kiosk=1").await.expect(303);
    let page = browser.get("/sign-in").await.expect(200);
    let who = [("email", "tiepnhan@h44-100.example.vn"), ("password", PASSWORD)];
    page.submit(&browser, &who).await.expect(422).says("Cán bộ không đăng nhập tại màn hình này.");
    assert_eq!(browser.cookie(SESSION), None);
}

#[tokio::test]
async fn elsewhere_the_way_of_kiosks_signs_nobody_out() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    assert_eq!(browser.get(END).await.leads_to(), "/");
    browser.get("/dossiers").await.expect(200);
}
