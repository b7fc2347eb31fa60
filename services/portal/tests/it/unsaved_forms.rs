//! Every form of the portal gives back what was typed. The routes are read from the tables of the pages' addresses: whoever adds a form
//! adds where it stands to [`forms`], and finds out whether it loses anything.

use std::{collections::BTreeSet, fs, path::Path};

use reqwest::Method;

use crate::{
    books::{self, DESK},
    browser::{Browser, Page},
    filing::{self, PDF},
    fixture::{Fixture, PASSWORD},
    form_html::{FieldHtml, FormHtml, Kind},
    money::{self, CASHIER},
    office::{self, ELSEWHERE, PROCESSOR, RECEIVER},
    payments_together, post as by_post,
    procedure_drafts::{self, CONTROLLER},
    till, waivers,
    way::Fate,
};

const AN: &str = "an@example.vn";
const OF_SEVERAL: &str = "dung@example.vn";
const ADMINISTRATOR: &str = "quantri@h44-100.example.vn";
const PHRASES: &str = "/work/H44.100/phrases";
const LEAVES: &str = "/work/H44.100/leaves";

/// Hidden fields; they are named in `src/unsaved.rs` too (`UNTYPED`).
const HIDDEN: [&str; 13] = [
    "form_seal",
    "key",
    "version",
    "seen",
    "next",
    "until",
    "component",
    "capacity",
    "session",
    "in-person",
    "in-account",
    "receipt-code",
    "receipt-secret",
];
/// The portal reads the text of a card itself, and says what is wrong with it without asking anybody.
const JUDGED_BY_THE_PORTAL: &str = "/work/{agency}/intake/{procedure}";
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// Where a form stands, and who has it before her.
struct Stands<'a> {
    route: &'static str,
    page: String,
    /// The login; none where nobody need be signed in.
    who: Option<&'a str>,
    browser: &'a Browser,
}

/// Addresses that take a form, as the tables of `src/pages/` have them.
fn routes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages")).expect("a folder") {
        let Ok(table) = fs::read_to_string(folder.expect("an entry").path().join("mod.rs")) else { continue };
        let table: String = table.split_whitespace().collect();
        let lines = table.split("page(\"").skip(1).filter(|line| line.contains("post()"));
        found.extend(lines.map(|line| line.split('"').next().unwrap_or_default().to_owned()));
    }
    found
}

fn is_at(route: &str, address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    let (mut parts, mut pattern) = (path.split('/'), route.split('/'));
    parts.clone().count() == pattern.clone().count()
        && parts.all(|part| pattern.next().is_some_and(|wanted| wanted == part || wanted.starts_with('{')))
}

/// What is typed into the fields of a form: texts that stand nowhere else, choices, and secrets.
fn typed(form: &FormHtml) -> Vec<(String, String, Kind)> {
    let field = |(number, field): (usize, &FieldHtml)| {
        let value = match field.kind {
            Kind::Text => format!("gõ-{number}-ễ"),
            Kind::Secret => format!("kín-{number}"),
            Kind::Hidden | Kind::Choice | Kind::File => field.value.clone(),
        };
        (field.name.clone(), value, field.kind)
    };
    form.fields.iter().enumerate().map(field).filter(|(_, _, kind)| *kind != Kind::File).collect()
}

async fn post(browser: &Browser, form: &FormHtml, fields: &[(String, String, Kind)], origin: &str) -> Page {
    let request = browser.request(Method::POST, &form.action).header("origin", origin);
    let request = match form.multipart {
        false => request.form(&fields.iter().map(|(name, value, _)| (name, value)).collect::<Vec<_>>()),
        true => {
            let part = |name: &str, value: &str| {
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            };
            let mut body: Vec<u8> = fields.iter().flat_map(|(name, value, _)| part(name, value).into_bytes()).collect();
            body.extend(b"--edge\r\ncontent-disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n");
            body.extend([PDF, b"\r\n--edge--\r\n"].concat());
            request.header("content-type", "multipart/form-data; boundary=edge").body(body)
        }
    };
    browser.send(request).await
}

/// Whether the page holds what was typed, and none of the secrets.
#[track_caller]
fn holds(page: &Page, route: &str, when: &str, fields: &[(String, String, Kind)]) {
    for (name, value, kind) in fields {
        let held = match kind {
            Kind::Text => page.html.contains(value.as_str()),
            Kind::Choice => ["\" checked", "\" selected", "\">"]
                .iter()
                .any(|end| page.html.contains(&format!("value=\"{value}{end}"))),
            Kind::Secret => !page.html.contains(value.as_str()),
            Kind::Hidden | Kind::File => true,
        };
        assert!(held, "{route}, {when}: {name}={value}: {}", page.html);
    }
}

/// Sends one form with its session ended, with an old seal, and while nothing answers.
async fn lose_nothing(fixture: &Fixture, stands: &Stands<'_>, form: &FormHtml) {
    let (route, browser, fields) = (stands.route, stands.browser, typed(form));
    for (name, _, _) in fields.iter().filter(|(_, _, kind)| *kind == Kind::Hidden) {
        assert!(HIDDEN.contains(&name.as_str()), "{route} has a hidden field {name}: say so here and in UNTYPED");
    }
    let writes = fields.iter().any(|(_, _, kind)| matches!(kind, Kind::Text | Kind::Choice));
    fixture.way.will("", Fate::RequestLost, usize::MAX);
    let away = post(browser, form, &fields, &fixture.gateway).await;
    fixture.way.will("", Fate::Arrives, 0);
    if writes {
        let expected = if route == JUDGED_BY_THE_PORTAL { 422 } else { 503 };
        assert_eq!(away.status, expected, "{route}, while nothing answers: {}", away.html);
    }
    holds(&away, route, "while nothing answers", &fields);
    if !writes {
        return;
    }
    let tab = browser.copy();
    tab.forget_cookie("__Host-motcua");
    tab.forget_cookie("__Host-motcua-visitor");
    if let Some(who) = stands.who {
        let door = post(&tab, form, &fields, &fixture.gateway).await;
        let page = tab.get(door.leads_to()).await.expect(200);
        let inside = page.submit(&tab, &[("email", who), ("password", PASSWORD)]).await;
        let again = tab.get(inside.leads_to()).await.expect(200);
        holds(&again, route, "after signing in again", &fields);
        again.says("Chưa được lưu");
    }
    let stale = post(&tab, form, &fields, &fixture.gateway).await.expect(403);
    holds(&stale, route, "with an old seal", &fields);
    stale.says("Chưa được lưu");
}

/// Where every form stands, the one that signs out last.
async fn forms<'a>(
    fixture: &Fixture,
    [citizen, official, several, nobody, receiver, administrator, cashier, elsewhere, controller]: &'a [Browser; 9],
) -> Vec<Stands<'a>> {
    let draft = filing::filled(citizen).await;
    filing::upload(citizen, &draft, "a.pdf", PDF).await.expect(303);
    let due = filing::filed(citizen).await;
    filing::until_due(citizen, &due).await;
    let pay_link = filing::pay_link(fixture, citizen, &due).await;
    let by_receipt = office::asked_by_receipt(nobody, receiver, official).await;
    let together = payments_together::ticked(citizen).await;
    let work = office::with_result(fixture, citizen, official).await;
    let asked = office::asked_for_papers(fixture, citizen, official).await;
    let consulted = office::with_result(fixture, citizen, official).await;
    office::confirmed(citizen, &office::with_draft(official, &work).await).await.expect(303);
    let asked_there = office::consulted(official, &consulted).await;
    let to_confirm = office::with_draft(official, &consulted).await;
    let removal = office::removal(official, &consulted).await;
    let waiting = filing::filed(citizen).await;
    filing::pay(fixture, citizen, &waiting, "pay").await;
    filing::paid(citizen, &waiting).await;
    let (owed, refund) = money::owed_and_asked(fixture, citizen, cashier).await;
    let difference = books::unexplained(cashier).await;
    let (taking, taken, receipt) = till::due_and_taken(citizen, cashier).await;
    let manifest = by_post::listed_and_came_back(fixture, [citizen, official, receiver]).await;
    let waiver = waivers::waiting(fixture, citizen, cashier).await;
    let phrase = [("action", "STOP"), ("text", "Chờ kết luận giám định.")];
    administrator.get(PHRASES).await.expect(200).submit(administrator, &phrase).await.expect(303);
    office::leave_noted(administrator).await;
    let procedure_draft = procedure_drafts::begun(controller).await;
    let stands = |who, browser, route, page: &str| Stands { route, page: page.to_owned(), who, browser };
    let public = |route, page: &str| stands(None, nobody, route, page);
    let own = |route, page: &str| stands(Some(AN), citizen, route, page);
    let mut all = vec![
        public("/registration", "/registration"),
        public("/registration/{id}", &format!("/registration/{NOBODY}")),
        public("/sign-in", "/sign-in"),
        public("/password-reset", "/password-reset"),
        public("/password-reset/{id}", &format!("/password-reset/{NOBODY}")),
        public("/tracking", "/tracking"),
        own("/account/sessions", "/account"),
        own("/account/password", "/account/password"),
        own("/account/email", "/account/email"),
        own("/account/email/{id}", &format!("/account/email/{NOBODY}")),
        own("/account/phone", "/account/phone"),
        own("/account/closure", "/account/closure"),
        own("/messages", "/messages"),
        own("/procedures/{code}/start", "/procedures/2.000635/start?q=doi+che"),
        own("/dossiers/{id}/removal", &format!("{draft}/removal")),
        own("/dossiers/{id}/documents", &format!("{draft}/documents")),
        own("/dossiers/{id}/documents/{document}/removal", &format!("{draft}/documents")),
        own("/dossiers/{id}/check", &format!("{draft}/check")),
        own("/dossiers/{id}/payment", &format!("{due}/payment")),
        own("/dossiers/{id}/payment/links", &format!("{due}/payment")),
        own("/dossiers/{id}/payment/links/{link}/removal", &format!("{due}/payment")),
        own("/payments/together", &together),
        public("/pay/{secret}", &pay_link),
        public("/tracking/documents", &by_receipt),
        public("/tracking/documents/{document}/removal", &by_receipt),
        public("/tracking/supplement", &by_receipt),
        public("/tracking/withdrawal", &by_receipt),
        own("/dossiers/{id}/supplement", &format!("{asked}/supplement")),
        own("/dossiers/{id}/supplement/documents", &format!("{asked}/supplement")),
        own("/dossiers/{id}/supplement/documents/{document}/removal", &format!("{asked}/supplement")),
        own("/dossiers/{id}/return-way", &format!("{asked}/return-way")),
        own("/dossiers/{id}/withdrawal", &format!("{asked}/withdrawal")),
        own("/dossiers/{id}/draft-answer", &format!("{to_confirm}/draft-answer")),
        stands(Some(RECEIVER), receiver, "/work/citizen-number", "/work/citizen-number"),
        stands(Some(RECEIVER), receiver, "/work/{agency}", "/work/H44.100?status=REGISTERED"),
        stands(Some(ADMINISTRATOR), administrator, "/work/{agency}/leaves", LEAVES),
        stands(Some(ADMINISTRATOR), administrator, "/work/{agency}/leaves/{id}/end", LEAVES),
        stands(Some(ADMINISTRATOR), administrator, "/work/{agency}/phrases", PHRASES),
        stands(Some(ADMINISTRATOR), administrator, "/work/{agency}/phrases/{id}/removal", PHRASES),
        stands(Some(RECEIVER), receiver, "/work/{agency}/post", by_post::LIST),
        stands(Some(RECEIVER), receiver, "/work/{agency}/post/{manifest}", &manifest),
        stands(Some(RECEIVER), receiver, "/work/{agency}/parcels/{parcel}", by_post::LIST),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/notes", &work),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/notes", &format!("{work}/notes")),
        stands(Some(ADMINISTRATOR), administrator, "/work/calendar", "/work/calendar"),
        stands(Some(ADMINISTRATOR), administrator, "/work/contact", "/work/contact"),
        stands(Some(OF_SEVERAL), several, "/capacities", "/capacities"),
        stands(Some(CASHIER), cashier, "/work/{agency}/money/{attempt}", &owed),
        stands(Some(CASHIER), cashier, "/work/{agency}/books", DESK),
        stands(Some(CASHIER), cashier, "/work/{agency}/differences/{difference}", &difference),
        stands(Some(ADMINISTRATOR), administrator, "/work/{agency}/days/{day}", &books::yesterday(fixture)),
        stands(Some(CASHIER), cashier, "/work/{agency}/refunds/{refund}", &refund),
        stands(Some(CASHIER), cashier, "/work/{agency}/till/opening", "/work/H44.100/till/opening"),
        stands(Some(CASHIER), cashier, "/work/{agency}/till/closure", "/work/H44.100/till/closure"),
        stands(Some(CASHIER), cashier, "/work/{agency}/till/{code}/{order}", &taking),
        stands(Some(CASHIER), cashier, "/work/{agency}/till/{code}/{order}/waiver", &format!("{taking}/waiver")),
        stands(Some(CASHIER), cashier, "/work/{agency}/waivers/{waiver}", &waiver),
        stands(Some(CASHIER), cashier, "/work/{agency}/takings/{taking}", &taken),
        stands(Some(CASHIER), cashier, "/work/{agency}/receipts/{receipt}", &receipt),
        stands(
            Some(RECEIVER),
            receiver,
            "/work/dossiers/{id}/supplement-intake",
            &format!("/work{asked}/supplement-intake"),
        ),
        stands(
            Some(RECEIVER),
            receiver,
            "/work/dossiers/{id}/supplement-intake/documents",
            &format!("/work{asked}/supplement-intake"),
        ),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/{action}", &format!("{work}/results")),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/{action}", &format!("{work}/completion")),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/{action}", &format!("{work}/charges")),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/{action}", &format!("{work}/extension")),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/{action}", &format!("{work}/consultations")),
        stands(
            Some(PROCESSOR),
            official,
            "/work/dossiers/{id}/consultations/{number}",
            &format!("{consulted}/consultations/1"),
        ),
        stands(Some(PROCESSOR), official, "/work/dossiers/{id}/results/{result}/removal", &removal),
        stands(Some(ELSEWHERE), elsewhere, "/work/consultations/{id}/{number}", &asked_there),
        stands(Some(CONTROLLER), controller, "/work/procedures/new", "/work/procedures/new"),
        stands(Some(CONTROLLER), controller, "/work/procedures/drafts/{id}", &procedure_draft),
    ];
    let stopped = crate::desk::given_up(fixture).await;
    all.push(stands(Some(ADMINISTRATOR), administrator, "/work/{agency}/stuck/{group}/{id}", &stopped));
    let taken = crate::intake::taken(receiver).await;
    all.push(stands(Some(RECEIVER), receiver, "/work/{agency}/intake/{procedure}", crate::intake::COPY));
    all.push(stands(Some(RECEIVER), receiver, "/work/{agency}/intake/dossiers/{id}", &taken));
    all.extend((1..=4).map(|page| own("/dossiers/{id}/form/{page}", &format!("{draft}/form/{page}"))));
    all.push(own("/sign-out", "/account"));
    all
}

#[tokio::test]
async fn every_form_of_the_portal_gives_back_what_was_typed_and_no_secret() {
    // One address plays everybody, as fast as it can.
    let fixture = Fixture::open_with(&["--requests-a-second", "0", "--guesses-a-minute", "0"]).await;
    office::with_drafts(&fixture).await;
    let _for_the_list_of_sessions = fixture.signed_in(AN).await;
    let browsers = [
        fixture.signed_in(AN).await,
        fixture.signed_in(PROCESSOR).await,
        fixture.signed_in(OF_SEVERAL).await,
        fixture.browser(),
        fixture.signed_in(RECEIVER).await,
        fixture.signed_in(ADMINISTRATOR).await,
        fixture.signed_in(CASHIER).await,
        fixture.signed_in(ELSEWHERE).await,
        fixture.signed_in(CONTROLLER).await,
    ];
    let forms = forms(&fixture, &browsers).await;
    let tried: BTreeSet<_> = forms.iter().map(|stands| stands.route.to_owned()).collect();
    assert_eq!(tried, routes(), "every address that takes a form stands in `forms`, with a page where the form is");
    for stands in &forms {
        let page = stands.browser.get(&stands.page).await;
        assert_eq!(page.status, 200, "{}", stands.page);
        let found: Vec<_> = FormHtml::all(&page).into_iter().filter(|form| is_at(stands.route, &form.action)).collect();
        assert!(!found.is_empty(), "{} has no form for {}: {}", stands.page, stands.route, page.html);
        lose_nothing(&fixture, stands, &found[0]).await;
    }
}
