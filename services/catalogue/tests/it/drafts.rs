//! `/api/v1/procedure-drafts`: a version is written by one controller, approved by a second, and in force from its day on.

use chrono::TimeDelta;
use civic::{OfficialRole, events::ProcedurePublished};
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::fixture::{COPY, Fixture};

const DRAFTS: &str = "/api/v1/procedure-drafts";
pub const DECISION: &str = "1234/QĐ-UBND";

/// Two controllers of the province beside each other.
pub struct Office {
    pub fixture: Fixture,
    pub first: TestCaller,
    second: TestCaller,
}

impl Office {
    pub async fn open() -> Self {
        let fixture = Fixture::open().await;
        let controller = || fixture.installation.official(&[("H44", OfficialRole::ProcedureController)]);
        let (first, second) = (controller(), controller());
        Self { fixture, first, second }
    }

    pub async fn begin(&self, document: &Value) -> TestResponse {
        let call = self.first.call("catalogue", Method::POST, DRAFTS);
        call.key(&Uuid::new_v4().to_string()).json(document).send().await
    }

    /// A draft of the next version of the copy, at another price; its address.
    async fn draft(&self) -> String {
        self.begin(&next()).await.expect(201).header("location").expect("an address").to_owned()
    }

    /// A draft that a second controller has approved.
    async fn approved(&self) -> String {
        self.approved_as(&next()).await
    }

    /// A draft of a new procedure that a second controller has approved.
    async fn approved_new(&self, code: &str) -> String {
        let mut document = next();
        document["code"] = code.into();
        self.approved_as(&document).await
    }

    async fn approved_as(&self, document: &Value) -> String {
        let draft = self.begin(document).await.expect(201).header("location").expect("an address").to_owned();
        act(&self.first, &draft, "1", "submission", &json!({})).await.expect(200);
        act(&self.second, &draft, "2", "approval", &json!({})).await.expect(200);
        draft
    }

    /// A version that says this, in force from that day on.
    pub async fn announce(&self, document: &Value, day: &str) {
        let draft = self.approved_as(document).await;
        act(&self.first, &draft, "3", "publication", &announced(day)).await.expect(200);
    }

    /// A new procedure, in force from that day on.
    pub async fn announce_another(&self, code: &str, day: &str) {
        let mut document = next();
        document["code"] = code.into();
        self.announce(&document, day).await;
    }

    pub async fn until_in_force(&self, code: &str, version: i32) {
        let path = format!("/api/v1/procedures/{code}");
        let shown = async || (self.fixture.get(&path).await.json["version"] == version).then_some(());
        eventually(shown).await;
    }

    async fn current(&self) -> Value {
        self.fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200).json["version"].clone()
    }
}

/// The next version of the copy: 12.000 ₫ online.
pub fn next() -> Value {
    let mut document: Value =
        serde_json::from_str(include_str!("../../data/procedures/2.000635/4.json")).expect("JSON");
    document["fee_rules"][0]["channels"]["ONLINE"]["amount"] = 12_000.into();
    document
}

async fn act(by: &TestCaller, draft: &str, version: &str, step: &str, body: &Value) -> TestResponse {
    let call = by.call("catalogue", Method::POST, &format!("{draft}/{step}")).key(&Uuid::new_v4().to_string());
    call.header("if-match", &format!("\"{version}\"")).json(body).send().await
}

async fn put(by: &TestCaller, draft: &str, version: &str, document: &Value) -> TestResponse {
    let call = by.call("catalogue", Method::PUT, draft).header("if-match", &format!("\"{version}\""));
    call.json(document).send().await
}

async fn read(by: &TestCaller, path: &str) -> TestResponse {
    by.call("catalogue", Method::GET, path).send().await
}

fn announced(day: &str) -> Value {
    json!({"decision": DECISION, "in_force_from": day})
}

fn codes(problem: &TestResponse) -> Vec<(&str, &str)> {
    let errors = problem.json["errors"].as_array().expect("errors").iter();
    errors.map(|error| (error["pointer"].as_str().expect("a place"), error["code"].as_str().expect("a code"))).collect()
}

#[tokio::test]
async fn two_controllers_bring_a_version_into_force_and_everybody_sees_it_within_a_second() {
    let office = Office::open().await;
    let begun = office.begin(&next()).await.expect(201);
    assert_eq!((begun.json["state"].as_str(), begun.header("etag")), (Some("DRAFT"), Some("\"1\"")));
    assert_eq!((&begun.json["faults"], &begun.json["actions"]), (&json!([]), &json!(["WRITE", "DISCARD", "SUBMIT"])));
    let draft = begun.header("location").expect("an address").to_owned();
    let submitted = act(&office.first, &draft, "1", "submission", &json!({})).await.expect(200);
    assert_eq!(submitted.json["actions"], json!(["SEND_BACK"]), "who wrote it does not approve it");
    let waiting = read(&office.second, &format!("{DRAFTS}?state=SUBMITTED")).await.expect(200);
    assert_eq!(waiting.json["items"][0]["procedure"], COPY);
    let approved = act(&office.second, &draft, "2", "approval", &json!({})).await.expect(200);
    assert_eq!(approved.json["actions"], json!(["SEND_BACK", "PUBLISH"]));
    assert_eq!(office.current().await, 4, "nothing is published by approving it");
    let published = act(&office.first, &draft, "3", "publication", &announced("2026-07-21")).await.expect(200);
    assert_eq!((&published.json["state"], &published.json["published_version"]), (&json!("PUBLISHED"), &json!(5)));
    assert_eq!(published.json["actions"], json!([]));
    office.until_in_force(COPY, 5).await;
    let shown = office.fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200);
    assert_eq!((&shown.json["decision"], &shown.json["effective_from"]), (&json!(DECISION), &json!("2026-07-21")));
    assert_eq!(shown.json["fee_rules"][0]["channels"]["ONLINE"]["amount"], 12_000);
    let told = office.fixture.installation.sent::<ProcedurePublished>("catalogue").await;
    assert_eq!(told.len(), 17);
    assert_eq!((told[16].version, &told[16].content["effective_from"]), (5, &json!("2026-07-21")));
    assert!(office.fixture.broken().await.is_empty());
    let entries = "audit_log where subject_type = 'procedure_draft' or action = 'procedure.published'";
    assert_eq!(office.fixture.count(entries).await, 5);
}

#[tokio::test]
async fn who_wrote_a_part_of_it_cannot_approve_it() {
    let office = Office::open().await;
    let draft = office.draft().await;
    put(&office.second, &draft, "1", &next()).await.expect(200);
    act(&office.first, &draft, "2", "submission", &json!({})).await.expect(200);
    for writer in [&office.first, &office.second] {
        let refused = act(writer, &draft, "3", "approval", &json!({})).await.expect(409);
        assert_eq!(refused.json["code"], "second-controller-approves");
    }
    let third = office.fixture.installation.official(&[("H44", OfficialRole::ProcedureController)]);
    act(&third, &draft, "3", "approval", &json!({})).await.expect(200);
}

#[tokio::test]
async fn of_two_who_write_at_once_the_second_is_told_and_nothing_is_lost() {
    let office = Office::open().await;
    let draft = office.draft().await;
    let mut other = next();
    other["name"]["en"] = "Copies".into();
    let (same, nothing) = (next(), json!({}));
    let (one, two) = tokio::join!(put(&office.first, &draft, "1", &same), put(&office.second, &draft, "1", &other));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let blind = office.first.call("catalogue", Method::PUT, &draft).json(&next()).send().await.expect(428);
    assert_eq!(blind.json["code"], "if-match-required");
    let (first, second) = tokio::join!(
        act(&office.first, &draft, "2", "submission", &nothing),
        act(&office.second, &draft, "2", "submission", &nothing)
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
}

#[tokio::test]
async fn one_version_of_a_procedure_is_written_at_a_time() {
    let office = Office::open().await;
    let draft = office.draft().await;
    let again = office.begin(&next()).await.expect(409);
    assert_eq!(again.json["code"], "procedure-draft-exists");
    let discard = async |version: &str| {
        let call = office.first.call("catalogue", Method::DELETE, &draft);
        call.header("if-match", version).send().await
    };
    discard("\"7\"").await.expect(412);
    discard("\"1\"").await.expect(204);
    discard("\"1\"").await.expect(404);
    office.draft().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_by_its_place_and_nothing_is_kept() {
    let office = Office::open().await;
    for (pointer, value, expected) in [
        ("/time_limit/unit", json!("moons"), "/time_limit"),
        ("/fee_rules/0/kind", json!("TAX"), "/fee_rules/0/kind"),
        ("/process/0/role", json!("KING"), "/process/0/role"),
        ("/name/vi", json!("a\u{0}"), "/name/vi"),
    ] {
        let mut document = next();
        *document.pointer_mut(pointer).expect("a place") = value;
        let refused = office.begin(&document).await.expect(400);
        assert!(codes(&refused)[0].0.starts_with(expected), "{pointer}: {:?}", refused.json);
    }
    let mut unknown = next();
    unknown["time_limt"] = json!(3);
    assert_eq!(codes(&office.begin(&unknown).await.expect(400)), [("/time_limt", "unknown")]);
    let mut missing = next();
    missing.as_object_mut().expect("a document").remove("name");
    let _ = office.begin(&missing).await.expect(400);
    assert_eq!(office.fixture.count("procedure_drafts").await, 0);
    let draft = office.draft().await;
    let _ = put(&office.first, &draft, "1", &unknown).await.expect(400);
    let mut other = next();
    other["code"] = "1.009999".into();
    assert_eq!(codes(&put(&office.first, &draft, "1", &other).await.expect(400)), [("/code", "another-procedure")]);
    let kept = read(&office.first, &draft).await.expect(200);
    assert_eq!((kept.header("etag"), &kept.json["document"]), (Some("\"1\""), &next()));
}

#[tokio::test]
async fn a_draft_with_mistakes_is_kept_names_them_all_and_goes_no_further() {
    let office = Office::open().await;
    let mut document = next();
    document["process"][0]["next"] = json!(["NOWHERE"]);
    document["form"]["properties"]["person_name"]["pattern"] = "(?=a)a".into();
    document["also_called"] = json!(["trích lục", "Trich luc"]);
    let begun = office.begin(&document).await.expect(201);
    let places = |json: &Value| {
        let faults = json["faults"].as_array().expect("faults").iter();
        faults.map(|fault| fault["pointer"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let expected = ["/form/properties/person_name/pattern", "/also_called/1", "/process/0/next/0"];
    assert_eq!(places(&begun.json), expected);
    assert_eq!(begun.json["actions"], json!(["WRITE", "DISCARD"]));
    let draft = begun.header("location").expect("an address").to_owned();
    let refused = act(&office.first, &draft, "1", "submission", &json!({})).await.expect(409);
    assert_eq!(refused.json["code"], "procedure-draft-faults");
    assert_eq!(codes(&refused).iter().map(|(pointer, _)| *pointer).collect::<Vec<_>>(), expected);
    put(&office.first, &draft, "1", &next()).await.expect(200);
    act(&office.first, &draft, "2", "submission", &json!({})).await.expect(200);
}

#[tokio::test]
async fn what_is_sent_back_says_why_and_is_approved_anew() {
    let office = Office::open().await;
    let draft = office.approved().await;
    let reason = json!({"reason": "Mức thu chưa đúng nghị quyết."});
    let _ = act(&office.second, &draft, "3", "return", &json!({"reason": "sai"})).await.expect(400);
    let back = act(&office.second, &draft, "3", "return", &reason).await.expect(200);
    assert_eq!((&back.json["state"], &back.json["sent_back_reason"]), (&json!("DRAFT"), &reason["reason"]));
    assert_eq!(back.json["approved_by"], json!(null));
    for (step, body) in [("publication", announced("2026-07-21")), ("approval", json!({})), ("return", reason)] {
        let refused = act(&office.second, &draft, "4", step, &body).await.expect(409);
        assert_eq!(refused.json["code"], "procedure-draft-state", "{step}");
    }
    let submitted = act(&office.first, &draft, "4", "submission", &json!({})).await.expect(200);
    assert_eq!(submitted.json["sent_back_reason"], json!(null));
    let again = act(&office.first, &draft, "5", "submission", &json!({})).await.expect(409);
    assert_eq!(again.json["code"], "procedure-draft-state");
    let refused = put(&office.first, &draft, "5", &next()).await.expect(409);
    assert_eq!(refused.json["code"], "procedure-draft-state");
    let discarded = office.first.call("catalogue", Method::DELETE, &draft).header("if-match", "\"5\"").send().await;
    assert_eq!(discarded.expect(409).json["code"], "procedure-draft-state");
}

#[tokio::test]
async fn what_is_announced_for_a_later_day_comes_into_force_at_its_midnight_in_vietnam() {
    let office = Office::open().await;
    let draft = office.approved().await;
    let waiting = act(&office.first, &draft, "3", "publication", &announced("2026-07-23")).await.expect(200);
    assert_eq!((&waiting.json["published_version"], &waiting.json["actions"]), (&json!(null), &json!(["SEND_BACK"])));
    office.announce_another("1.009998", "2026-07-22").await;
    // It is ten o'clock in Vietnam on the 21st: a minute before the midnight that begins the 23rd.
    office.fixture.installation.clock.advance(TimeDelta::hours(37) + TimeDelta::minutes(59));
    office.until_in_force("1.009998", 1).await;
    assert_eq!(office.current().await, 4);
    office.fixture.installation.clock.advance(TimeDelta::minutes(1));
    office.until_in_force(COPY, 5).await;
    assert_eq!(read(&office.first, &draft).await.expect(200).json["published_version"], 5);
    assert!(office.fixture.broken().await.is_empty());
}

#[tokio::test]
async fn what_nobody_was_there_to_bring_into_force_is_brought_later_and_once() {
    let office = Office::open().await;
    let draft = office.approved().await;
    act(&office.first, &draft, "3", "publication", &announced("2026-07-22")).await.expect(200);
    office.announce_another("1.009998", "2026-08-02").await;
    // As if every process had been down for ten days; then there are three.
    office.fixture.installation.clock.advance(TimeDelta::days(10));
    for _ in 0..2 {
        office.fixture.installation.work_beside(&catalogue::service()).await;
    }
    office.until_in_force(COPY, 5).await;
    office.fixture.installation.clock.advance(TimeDelta::days(2));
    office.until_in_force("1.009998", 1).await;
    assert_eq!(office.fixture.count("procedure_versions where procedure = '2.000635'").await, 5);
    assert!(office.fixture.broken().await.is_empty());
}

#[tokio::test]
async fn what_waits_for_its_day_is_taken_back_unless_another_is_written_meanwhile() {
    let office = Office::open().await;
    let draft = office.approved().await;
    act(&office.first, &draft, "3", "publication", &announced("2026-08-01")).await.expect(200);
    let another = office.draft().await;
    let reason = json!({"reason": "Quyết định bị thu hồi trước ngày có hiệu lực."});
    let refused = act(&office.first, &draft, "4", "return", &reason).await.expect(409);
    assert_eq!(refused.json["code"], "procedure-draft-exists");
    let discarded = office.first.call("catalogue", Method::DELETE, &another).header("if-match", "\"1\"").send().await;
    discarded.expect(204);
    let back = act(&office.first, &draft, "4", "return", &reason).await.expect(200);
    assert_eq!((&back.json["decision"], &back.json["in_force_from"]), (&json!(null), &json!(null)));
    office.announce_another("1.009998", "2026-08-01").await;
    office.fixture.installation.clock.advance(TimeDelta::days(20));
    office.until_in_force("1.009998", 1).await;
    assert_eq!(office.current().await, 4);
}

#[tokio::test]
async fn what_the_rules_of_today_refuse_is_neither_approved_nor_published_though_it_was_submitted() {
    let office = Office::open().await;
    let (draft, approved) = (office.draft().await, office.approved_new("1.009998").await);
    act(&office.first, &draft, "1", "submission", &json!({})).await.expect(200);
    office.fixture.run("update procedure_drafts set content = jsonb_set(content, '{levels}', '[]')").await;
    for (draft, version, step, body) in
        [(&draft, "2", "approval", json!({})), (&approved, "3", "publication", announced("2026-07-21"))]
    {
        let refused = act(&office.second, draft, version, step, &body).await.expect(409);
        assert_eq!(codes(&refused), [("/levels", "no-level")], "{step}");
    }
}

#[tokio::test]
async fn the_same_key_publishes_once() {
    let office = Office::open().await;
    let draft = office.approved().await;
    let publish = async || {
        let call = office.first.call("catalogue", Method::POST, &format!("{draft}/publication")).key("once");
        call.header("if-match", "\"3\"").json(&announced("2026-07-01")).send().await
    };
    let (first, again) = (publish().await.expect(200), publish().await.expect(200));
    assert_eq!((first.json, again.header("idempotency-replayed")), (again.json.clone(), Some("true")));
    assert_eq!(office.fixture.count("procedure_versions where procedure = '2.000635'").await, 5);
    let mut ended = next();
    ended["effective_until"] = "2026-07-31".into();
    let draft = office.begin(&ended).await.expect(201).header("location").expect("an address").to_owned();
    act(&office.first, &draft, "1", "submission", &json!({})).await.expect(200);
    act(&office.second, &draft, "2", "approval", &json!({})).await.expect(200);
    let late = act(&office.first, &draft, "3", "publication", &announced("2026-08-01")).await.expect(400);
    assert_eq!(codes(&late), [("/in_force_from", "ends-before")]);
}

#[tokio::test]
async fn a_new_procedure_begins_with_its_first_version() {
    let office = Office::open().await;
    let mut document = next();
    document["code"] = "1.009999".into();
    let draft = office.begin(&document).await.expect(201).header("location").expect("an address").to_owned();
    let differences = read(&office.first, &format!("{draft}/differences")).await.expect(200);
    assert_eq!(differences.json, json!({"before": null, "items": []}));
    act(&office.first, &draft, "1", "submission", &json!({})).await.expect(200);
    act(&office.second, &draft, "2", "approval", &json!({})).await.expect(200);
    act(&office.second, &draft, "3", "publication", &announced("2026-07-21")).await.expect(200);
    let shown = office.fixture.get("/api/v1/procedures/1.009999").await.expect(200);
    assert_eq!(shown.json["version"], 1);
}

#[tokio::test]
async fn a_draft_tells_in_words_what_it_changes() {
    let office = Office::open().await;
    let draft = office.approved().await;
    let expected = json!([{"part": "FEES", "text": {
        "vi": "“Lệ phí cấp bản sao trích lục hộ tịch” trực tuyến: từ 8.000 ₫ thành 12.000 ₫.",
        "en": "“Charge for a copy of a civil-status extract” online: 8,000 ₫ becomes 12,000 ₫.",
    }}]);
    let differences = read(&office.second, &format!("{draft}/differences")).await.expect(200);
    assert_eq!((&differences.json["before"], &differences.json["items"]), (&json!(4), &expected));
    act(&office.first, &draft, "3", "publication", &announced("2026-07-21")).await.expect(200);
    let differences = read(&office.second, &format!("{draft}/differences")).await.expect(200);
    assert_eq!(differences.json["before"], 4, "what it changed, once it is in force");
    assert!(differences.json["items"].as_array().is_some_and(|items| items.contains(&expected[0])));
}

#[tokio::test]
async fn the_list_has_pages_and_only_controllers_of_the_province_see_it() {
    let office = Office::open().await;
    for code in ["1.009997", "1.009998", "1.009999"] {
        let mut document = next();
        document["code"] = code.into();
        office.begin(&document).await.expect(201);
        office.fixture.installation.clock.advance(TimeDelta::seconds(1));
    }
    let first = read(&office.first, &format!("{DRAFTS}?page_size=2")).await.expect(200);
    assert_eq!((first.text("/items/0/procedure"), first.text("/items/1/procedure")), ("1.009999", "1.009998"));
    let rest = read(&office.first, &format!("{DRAFTS}?page_size=2&cursor={}", first.text("/next"))).await.expect(200);
    assert_eq!((rest.text("/items/0/procedure"), rest.json.get("next")), ("1.009997", None));
    let at = |agency, role| office.fixture.installation.official(&[(agency, role)]);
    let strangers = [
        at("H44.100", OfficialRole::ProcedureController),
        at("H44", OfficialRole::AgencyAdministrator),
        office.fixture.installation.citizen("An"),
    ];
    let draft = format!("{DRAFTS}/{}", first.text("/items/0/id"));
    for stranger in &strangers {
        for path in [DRAFTS, &draft, &format!("{draft}/differences")] {
            read(stranger, path).await.expect(403);
        }
        put(stranger, &draft, "1", &next()).await.expect(403);
        for step in ["submission", "return", "approval", "publication"] {
            act(stranger, &draft, "1", step, &json!({})).await.expect(403);
        }
        let call = stranger.call("catalogue", Method::DELETE, &draft).header("if-match", "\"1\"");
        call.send().await.expect(403);
        let call = stranger.call("catalogue", Method::POST, DRAFTS).key(&Uuid::new_v4().to_string());
        call.json(&next()).send().await.expect(403);
    }
    let department = at("H44.01", OfficialRole::ProcedureController);
    read(&department, DRAFTS).await.expect(200);
    let nowhere = format!("{DRAFTS}/{}", Uuid::new_v4());
    for path in [nowhere.clone(), format!("{nowhere}/differences")] {
        read(&department, &path).await.expect(404);
    }
    put(&department, &nowhere, "1", &next()).await.expect(404);
    for (step, body) in [
        ("submission", json!({})),
        ("approval", json!({})),
        ("return", json!({"reason": "Chưa đúng nghị quyết."})),
        ("publication", announced("2026-08-01")),
    ] {
        act(&department, &nowhere, "1", step, &body).await.expect(404);
    }
}
