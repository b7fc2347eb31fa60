//! An agency whose procedure has a process with stages, and officials whom accounts has told of.

use civic::{OfficialRole, events::OfficialAssigned};
use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse, eventually};

use crate::fixture::{BIRTH, Fixture, HERE};

/// Definitions that no office has drawn.
pub const APPRAISAL: &str = include_str!("../processes/appraisal.json");
pub const VERIFICATION: &str = include_str!("../processes/verification.json");
pub const TWO_SIGNATURES: &str = include_str!("../processes/two_signatures.json");

const REGISTRATION: &str = include_str!("../../../catalogue/data/procedures/1.001193/1.json");

/// An installation in which births are registered by `process`.
pub async fn open(process: &Value) -> Fixture {
    let fixture = Fixture::open().await;
    let mut version: Value = serde_json::from_str(REGISTRATION).expect("a procedure");
    version["process"] = process.clone();
    fixture.publish(BIRTH, 2, &version.to_string()).await;
    fixture
}

/// As [`open`], by its text.
pub async fn open_with(process: &str) -> Fixture {
    open(&serde_json::from_str(process).expect("stages")).await
}

/// An official of the agency, of whom accounts has told.
pub async fn serve(fixture: &Fixture, name: &str, roles: &[OfficialRole]) -> TestCaller {
    let official = fixture.installation.official(&roles.iter().map(|role| (HERE, *role)).collect::<Vec<_>>());
    assign_post(fixture, &official, name, roles).await;
    official
}

/// Tells that the official holds these roles now.
pub async fn assign_post(fixture: &Fixture, official: &TestCaller, name: &str, roles: &[OfficialRole]) {
    assign_post_at(fixture, HERE, official, name, roles).await;
}

/// As [`assign_post`], at another agency.
pub async fn assign_post_at(
    fixture: &Fixture,
    agency: &str,
    official: &TestCaller,
    name: &str,
    roles: &[OfficialRole],
) {
    let assigned = OfficialAssigned {
        official_id: official.id,
        name: name.parse().expect("a name"),
        email: "canbo@example.vn".parse().expect("an address"),
        phone: None,
        agency: agency.parse().expect("a code"),
        roles: roles.to_vec(),
        citizen_number: None,
    };
    fixture.installation.publish("accounts", &assigned).await;
    let posts = format!("official_posts where official = '{}'", official.id);
    eventually(async || (fixture.count(&posts).await == roles.len() as i64).then_some(())).await;
}

/// A filed dossier's path.
pub async fn filed(fixture: &Fixture) -> String {
    fixture.filed(&fixture.an(), BIRTH).await.0
}

/// A dossier's path that `receiver` has received.
pub async fn received(fixture: &Fixture, receiver: &TestCaller) -> String {
    let dossier = filed(fixture).await;
    let _ = fixture.act(receiver, &dossier, "receipt", &json!({})).await.expect(200);
    dossier
}

/// Does something, and gives the dossier as the official sees it then.
pub async fn done(fixture: &Fixture, who: &TestCaller, dossier: &str, action: &str, body: Value) -> Value {
    fixture.act(who, dossier, action, &body).await.expect(200).json
}

/// Status, stage and holder's name.
pub fn stands(view: &Value) -> (&str, Option<&str>, Option<&str>) {
    let status = view["status"].as_str().expect("a status");
    (status, view["stage"]["code"].as_str(), view["holder"]["name"].as_str())
}

/// How many dossiers a part of the work has for an official, by its list and by the number beside.
pub async fn part(fixture: &Fixture, who: &TestCaller, part: &str) -> usize {
    let list = fixture.get(who, &format!("/api/v1/agencies/{HERE}/dossiers?work={part}")).await.expect(200);
    let counts = fixture.get(who, &format!("/api/v1/agencies/{HERE}/dossier-counts")).await.expect(200);
    let listed = list.json["items"].as_array().map_or(0, Vec::len);
    assert_eq!(counts.json[part.to_lowercase()]["dossiers"], listed, "{part}");
    listed
}

/// The codes of a dossier's hand-overs: kind, who has it then, outcome.
pub fn hand_overs(view: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |it: &Value| {
        format!(
            "{} {} {} {}",
            text(&it["kind"]),
            text(&it["stage"]["code"]),
            text(&it["to"]["name"]),
            text(&it["outcome"])
        )
    };
    view["custody"].as_array().expect("hand-overs").iter().map(line).collect()
}

/// The stable code of a refusal.
pub fn refused(answer: &TestResponse, status: u16, code: &str, what: &str) {
    assert_eq!((answer.status, answer.json["code"].as_str()), (status, Some(code)), "{what}: {}", answer.json);
}
