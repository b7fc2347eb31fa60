//! One person, several capacities: which one she acts in stands on every page, and she changes it without script.

use crate::{
    browser::{Browser, Page},
    fixture::{Fixture, PASSWORD},
};

const DUNG: &str = "dung@example.vn";
const SESSION: &str = "__Host-motcua";
const POST: &str = "POST:H44.102";

/// Chooses a capacity by its button.
async fn choose(browser: &Browser, capacity: &str) -> Page {
    let page = browser.get("/capacities").await.expect(200);
    let form = page.html.split("<form ").find(|form| form.contains(&format!("value=\"{capacity}\"")));
    let form = form.unwrap_or_else(|| panic!("{capacity} is not offered: {}", page.html));
    let seal = form.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    browser.post("/capacities", &[("form_seal", &seal), ("capacity", capacity)]).await
}

/// The head of a page, as people read it.
fn head(page: &Page) -> String {
    Page { html: page.html.split_once("</header>").expect("a head").0.to_owned(), ..page.clone() }.text()
}

#[tokio::test]
async fn an_official_who_is_a_citizen_too_changes_between_them_and_every_page_says_as_whom_she_acts() {
    let fixture = Fixture::open().await;
    let dung = fixture.signed_in(DUNG).await;
    let page = dung.get("/dossiers").await.expect(200);
    assert!(head(&page).contains("· Cá nhân Đổi tư cách"), "{}", head(&page));
    dung.get("/work").await.expect(403).says("Đổi tư cách");
    let chosen = choose(&dung, POST).await;
    assert_eq!(chosen.leads_to(), "/work");
    let list = dung.get("/work").await.leads_to().to_owned();
    assert_eq!(list, "/work/H44.102");
    let page = dung.get(&list).await.expect(200);
    assert!(head(&page).contains("Đổi tư cách") && !head(&page).contains("Cá nhân"), "{}", head(&page));
    dung.get("/capacities").await.expect(200).says("Đang chọn").says("Cơ quan:");
    dung.get("/dossiers").await.expect(403);
    assert_eq!(choose(&dung, "SELF").await.leads_to(), "/dossiers");
    dung.get("/dossiers").await.expect(200);
    dung.get("/work/H44.102").await.expect(403);
}

#[tokio::test]
async fn a_member_files_and_follows_for_her_organisation_apart_from_what_is_her_own() {
    let fixture = Fixture::open().await;
    let dung = fixture.signed_in(DUNG).await;
    let own = crate::filing::open(&dung).await;
    let page = dung.get("/capacities").await.expect(200);
    let member = page.html.split("value=\"").find(|it| it.starts_with("ORGANISATION:")).expect("a membership");
    let member = member.split('"').next().expect("an id").to_owned();
    assert_eq!(choose(&dung, &member).await.leads_to(), "/dossiers");
    dung.get("/dossiers").await.expect(200).says("Ông/bà chưa có hồ sơ nào.");
    dung.get(&own).await.expect(404);
    let theirs = crate::filing::open(&dung).await;
    choose(&dung, "SELF").await.expect(303);
    let list = dung.get("/dossiers").await.expect(200);
    assert!(list.html.contains(&own) && !list.html.contains(&theirs), "{}", list.html);
}

#[tokio::test]
async fn a_changed_capacity_has_another_session_and_what_was_open_before_does_nothing_in_it() {
    let fixture = Fixture::open().await;
    let dung = fixture.signed_in(DUNG).await;
    let (before, tab) = (dung.cookie(SESSION).expect("a session"), dung.copy());
    let seal = dung.get("/dossiers").await.html;
    let seal = seal.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    choose(&dung, POST).await.expect(303);
    assert_ne!(dung.cookie(SESSION).expect("a session"), before);
    tab.get("/dossiers").await.expect(303);
    let forged = [("form_seal", &*seal), ("capacity", "SELF")];
    dung.post("/capacities", &forged).await.expect(403).says("Biểu mẫu này đã cũ");
    fixture.installation.clock.advance(chrono::TimeDelta::minutes(14));
    dung.get("/work/H44.102").await.expect(200);
    fixture.installation.clock.advance(chrono::TimeDelta::minutes(16));
    dung.get("/work/H44.102").await.expect(303);
}

#[tokio::test]
async fn who_holds_one_capacity_is_not_asked_which_and_what_is_not_held_is_refused() {
    let fixture = Fixture::open().await;
    let an = fixture.signed_in(&fixture.login("an@")).await;
    an.get("/dossiers").await.expect(200).says_not("Đổi tư cách").says_not("Cá nhân");
    let page = an.get("/capacities").await.expect(200);
    let seal = page.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    an.post("/capacities", &[("form_seal", &seal), ("capacity", POST)]).await.expect(403);
    an.get("/dossiers").await.expect(200);
    let official = fixture.signed_in("tiepnhan@h44-100.example.vn").await;
    official.get("/work/H44.100").await.expect(200).says_not("Đổi tư cách");
}

#[tokio::test]
async fn at_a_kiosk_nobody_works_in_a_post() {
    let fixture = Fixture::open().await;
    let desk = fixture.signed_in(DUNG).await;
    choose(&desk, POST).await.expect(303);
    let kiosk = fixture.browser();
    kiosk.get("/?kiosk=1").await.expect(303);
    let door = kiosk.get("/sign-in").await.expect(200);
    assert_eq!(door.submit(&kiosk, &[("email", DUNG), ("password", PASSWORD)]).await.leads_to(), "/dossiers");
    let page = kiosk.get("/capacities").await.expect(200);
    assert!(!page.html.contains("value=\"POST:"), "{}", page.html);
    let seal = page.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    kiosk.post("/capacities", &[("form_seal", &seal), ("capacity", POST)]).await.expect(403).says("màn hình");
    desk.get("/work/H44.102").await.expect(200);
}
