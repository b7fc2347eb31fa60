//! Sessions: what the browser holds, how long it lasts, and what happens when many pages are loaded at once.

use chrono::TimeDelta;
use futures_util::future::join_all;
use testkit::eventually;

use crate::{fixture::Fixture, way::Fate};

const SESSION: &str = "__Host-motcua";
const RENEWAL: &str = "/sessions/refresh";

#[tokio::test]
async fn an_id_known_before_the_sign_in_is_worth_nothing_after_it() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let planted = "ab".repeat(32);
    browser.set_cookie(SESSION, &planted);
    let page = browser.get("/sign-in").await.expect(200);
    let who = [("email", &*fixture.login("an@")), ("password", crate::fixture::PASSWORD)];
    page.submit(&browser, &who).await.expect(303);
    let first = browser.cookie(SESSION).expect("a session");
    assert_ne!(first, planted);
    let attacker = fixture.browser();
    attacker.set_cookie(SESSION, &planted);
    attacker.get("/dossiers").await.expect(303);
    let again = browser.get("/sign-in").await.submit(&browser, &who).await;
    assert_ne!(browser.cookie(SESSION).expect("a session"), first);
    let old = fixture.browser();
    old.set_cookie(SESSION, &first);
    old.get("/dossiers").await.expect(303);
    browser.get(again.leads_to()).await.expect(200);
}

#[tokio::test]
async fn the_browser_never_sees_a_token_and_no_page_of_a_person_is_kept() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let page = browser.get("/dossiers").await.expect(200);
    assert!(!page.html.contains("eyJ") && !format!("{:?}", page.headers).contains("eyJ"));
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_citizen_who_stays_away_for_half_an_hour_signs_in_again_an_official_for_a_quarter() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let official = fixture.signed_in("tiepnhan@h44-100.example.vn").await;
    fixture.installation.clock.advance(TimeDelta::minutes(14));
    citizen.get("/dossiers").await.expect(200);
    official.get("/work/H44.100").await.expect(200);
    fixture.installation.clock.advance(TimeDelta::minutes(16));
    citizen.get("/dossiers").await.expect(200);
    assert_eq!(official.get("/work/H44.100").await.leads_to(), "/sign-in?next=%2Fwork%2FH44.100");
    fixture.installation.clock.advance(TimeDelta::minutes(31));
    citizen.get("/dossiers").await.expect(303);
}

#[tokio::test]
async fn a_session_ends_twelve_hours_after_it_began_however_busy() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    for _ in 0..28 {
        fixture.installation.clock.advance(TimeDelta::minutes(25));
        browser.get("/dossiers").await.expect(200);
    }
    fixture.installation.clock.advance(TimeDelta::minutes(25));
    browser.get("/dossiers").await.expect(303);
}

#[tokio::test]
async fn a_token_that_is_about_to_expire_is_renewed_once_however_many_pages_are_loaded_together() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    for _ in 0..3 {
        fixture.installation.clock.advance(TimeDelta::minutes(10));
        let tabs: Vec<_> = (0..8).map(|_| browser.copy()).collect();
        let pages = join_all(tabs.iter().map(|tab| tab.get("/dossiers"))).await;
        assert!(
            pages.iter().all(|page| page.status == 200),
            "{:?}",
            pages.iter().map(|it| it.status).collect::<Vec<_>>()
        );
    }
    fixture.installation.clock.advance(TimeDelta::minutes(10));
    browser.get("/dossiers").await.expect(200);
}

#[tokio::test]
async fn a_renewal_whose_answer_gets_lost_signs_nobody_out() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    fixture.way.will(RENEWAL, Fate::AnswerLost, 1);
    for _ in 0..2 {
        fixture.installation.clock.advance(TimeDelta::minutes(10));
        browser.get("/dossiers").await.expect(200);
        assert_eq!(fixture.way.met(), 1);
    }
}

#[tokio::test]
async fn a_visitor_who_leaves_while_the_token_is_renewed_is_still_signed_in() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let page_left = browser.copy();
    fixture.installation.clock.advance(TimeDelta::minutes(10));
    fixture.way.will(RENEWAL, Fate::AnswerLate, 1);
    tokio::select! {
        page = page_left.get("/dossiers") => panic!("answered before the renewal: {page:?}"),
        () = eventually(|| async { (fixture.way.met() == 1).then_some(()) }) => {}
    }
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    fixture.way.let_go();
    browser.get("/dossiers").await.expect(200);
}

#[tokio::test]
async fn while_no_token_can_be_renewed_the_old_one_serves_as_long_as_it_lives_and_the_session_waits() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    fixture.way.will(RENEWAL, Fate::RequestLost, usize::MAX);
    fixture.installation.clock.advance(TimeDelta::seconds(9 * 60 + 45));
    browser.get("/dossiers").await.expect(200);
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let before = fixture.way.met();
    browser.get("/dossiers").await.expect(503);
    assert_eq!(fixture.way.met() - before, 2, "the page that says so does not try once more");
    fixture.way.will(RENEWAL, Fate::Arrives, 0);
    browser.get("/dossiers").await.expect(200);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_every_tab() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let tab = browser.copy();
    let page = browser.get("/dossiers").await.expect(200);
    let seal = page.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    browser.post("/sign-out", &[("form_seal", &seal)]).await.expect(303);
    assert_eq!(browser.cookie(SESSION), None);
    tab.get("/dossiers").await.expect(303);
}
