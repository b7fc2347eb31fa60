//! `POST /api/v1/agencies/{agency}/intakes`: what is handed in at a counter, by post, or with help online.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use civic::{
    OfficialRole::{Approver, Receiver},
    events::{DossierMoved, DossierSubmitted, OfficialAssigned},
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse, eventually};

use crate::{
    fixture::{COPY, ELSEWHERE, Fixture, HERE, RESIDENCE, copies, errors, residence},
    pdf::Printed,
};

pub const CERTIFIED: &str = "2.000815";
pub const COPY_4: &str = include_str!("../../../catalogue/data/procedures/2.000635/4.json");
const CERTIFIED_1: &str = include_str!("../../../catalogue/data/procedures/2.000815/1.json");
const NUMBER: &str = "000192012345";

/// What is handed in of this procedure.
pub fn handed_in(procedure: &str, channel: &str) -> Value {
    let (answers, papers) = match procedure {
        RESIDENCE => (residence(), json!([paper("CT01", 1, 0), paper("CHO_O_HOP_PHAP", 0, 2)])),
        CERTIFIED => (
            json!({"applicant_name": "Trần Thị Lan", "document_name": "Bằng tốt nghiệp", "pages": 3, "copies": 1}),
            json!([paper("BAN_CHINH", 1, 0)]),
        ),
        _ => (copies(2), json!([])),
    };
    let mut intake = json!({
        "procedure": procedure, "agency": HERE, "channel": channel, "answers": answers, "papers": papers,
        "applicant": {"name": "Trần Thị Lan", "citizen_number": NUMBER},
    });
    if channel == "ONLINE" {
        intake["consent"] = json!("CARD_SHOWN");
    }
    intake
}

fn paper(component: &str, originals: u16, copies: u16) -> Value {
    json!({"component": component, "originals": originals, "copies": copies})
}

/// Takes it in at a centre.
pub async fn take_in(fixture: &Fixture, who: &TestCaller, centre: &str, intake: &Value) -> TestResponse {
    fixture.post(who, &format!("/api/v1/agencies/{centre}/intakes")).json(intake).send().await
}

fn location(receipt: &TestResponse) -> &str {
    receipt.header("location").expect("a location")
}

fn receiver_elsewhere(fixture: &Fixture) -> TestCaller {
    fixture.installation.official(&[(ELSEWHERE, Receiver)])
}

#[tokio::test]
async fn what_is_handed_in_is_received_at_once_with_code_clock_and_the_fee_of_the_counter() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    let receipt = take_in(&fixture, &receiver, HERE, &handed_in(RESIDENCE, "DIRECT")).await.expect(201);
    assert_eq!((receipt.text("/code"), receipt.text("/status")), ("H44.100-260721-0001", "RECEIVED"));
    assert_eq!(receipt.json["fee"]["total"]["amount"], 20_000, "at the counter; online it is 10,000");
    let dossier = fixture.get(&receiver, location(&receipt)).await.expect(200);
    assert_eq!(dossier.json["due_at"], receipt.json["due_at"]);
    assert_eq!(dossier.json["received_at"], receipt.json["submitted_at"]);
    assert_eq!((dossier.text("/channel"), &dossier.json["helped"]), ("DIRECT", &json!(false)));
    assert_eq!(dossier.json["handed_papers"], json!([paper("CHO_O_HOP_PHAP", 0, 2), paper("CT01", 1, 0)]));
    assert_eq!(dossier.text("/custody/0/to/id"), receiver.id.to_string());
    let audited = "audit_log where subject_type = 'dossier' and action in ('dossier.submitted', 'dossier.received')";
    assert_eq!(fixture.count(audited).await, 2);
    let told = fixture.installation.sent::<DossierMoved>("submissions").await;
    assert!(told.iter().all(|it| it.channel.as_str() == "DIRECT" && !it.applicant.has_account()));
    assert!(fixture.installation.sent::<DossierSubmitted>("submissions").await[0].at_counter);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn it_is_worked_on_while_the_fee_is_owed_and_not_decided() {
    let fixture = Fixture::open().await;
    let receipt = take_in(&fixture, &fixture.receiver(), HERE, &handed_in(RESIDENCE, "DIRECT")).await.expect(201);
    let (dossier, approver) = (location(&receipt), fixture.approver());
    let _ = fixture.issue(&approver, dossier).await.expect(201);
    let refused = fixture.act(&approver, dossier, "completion", &json!({})).await.expect(409);
    assert_eq!(refused.text("/code"), "fee-not-paid");
    let paid = fixture.payment(&receipt);
    fixture.installation.publish("payments", &paid).await;
    let done = async || (fixture.act(&approver, dossier, "completion", &json!({})).await.status == 200).then_some(());
    eventually(done).await;
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_certified_copy_of_three_pages_costs_5000_and_is_for_the_counter_only() {
    let fixture = Fixture::open().await;
    fixture.publish(CERTIFIED, 1, CERTIFIED_1).await;
    let receiver = fixture.receiver();
    let receipt = take_in(&fixture, &receiver, HERE, &handed_in(CERTIFIED, "DIRECT")).await.expect(201);
    assert_eq!(receipt.json["fee"]["total"]["amount"], 5_000);
    let online = take_in(&fixture, &receiver, HERE, &handed_in(CERTIFIED, "ONLINE")).await.expect(409);
    assert_eq!(online.text("/code"), "not-filed-online");
    fixture.assert_sound().await;
}

/// The lines of form 01 that say what was received and until when; by which door it came says how the result is wanted.
async fn slip(fixture: &Fixture, who: &TestCaller, dossier: &str, code: &str) -> String {
    let answer = fixture.get(who, &format!("{dossier}/forms/01")).await.expect(200);
    let text = Printed::read(&answer.bytes).text().replace(code, "CODE");
    let (before, wanted) = text.split_once("Đăng ký nhận kết quả tại:").expect("a line");
    let (_, after) = wanted.split_once("NGƯỜI NỘP HỒ SƠ").expect("signatures");
    format!("{before}{after}")
}

#[tokio::test]
async fn every_door_gives_a_code_of_one_series_the_same_slip_the_same_list_and_the_same_due_date() {
    let fixture = Fixture::open().await;
    let (receiver, an) = (fixture.receiver(), fixture.installation.citizen("Trần Thị Lan"));
    let mut intake = handed_in(COPY, "DIRECT");
    intake["answers"] = copies(2);
    let (online, filed) = fixture.filed(&an, COPY).await;
    let mut receipts = vec![(online, filed)];
    for channel in ["DIRECT", "POST", "ONLINE"] {
        intake["channel"] = json!(channel);
        intake["consent"] = if channel == "ONLINE" { json!("SIGNED_PAPER") } else { Value::Null };
        let receipt = take_in(&fixture, &receiver, HERE, &intake).await.expect(201);
        receipts.push((location(&receipt).to_owned(), receipt));
    }
    let codes: Vec<_> = receipts.iter().map(|(_, receipt)| receipt.text("/code").to_owned()).collect();
    assert_eq!(codes, [1, 2, 3, 4].map(|number| format!("H44.100-260721-{number:04}")));
    // The two that came online wait for their fee; by post a copy costs nothing that the procedure names.
    for (dossier, receipt) in [&receipts[0], &receipts[3]] {
        fixture.installation.publish("payments", &fixture.payment(receipt)).await;
        fixture.until(&receiver, dossier, "REGISTERED").await;
        let _ = fixture.act(&receiver, dossier, "receipt", &json!({})).await.expect(200);
    }
    let mut seen = BTreeSet::new();
    for ((dossier, _), code) in receipts.iter().zip(&codes) {
        let view = fixture.get(&receiver, dossier).await.expect(200);
        let custody: Vec<_> =
            view.json["custody"].as_array().expect("hand-overs").iter().map(|it| &it["kind"]).collect();
        let slip = slip(&fixture, &receiver, dossier, code).await;
        seen.insert(json!([view.json["status"], view.json["due_at"], view.json["stage"], custody, slip]).to_string());
    }
    assert_eq!(seen.len(), 1, "{seen:#?}");
    let list = fixture.get(&receiver, "/api/v1/agencies/H44.100/dossiers?status=RECEIVED").await.expect(200);
    assert_eq!(list.json["items"].as_array().map(Vec::len), Some(4));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn five_counters_at_once_leave_no_gap() {
    let fixture = Fixture::open().await;
    let counters: Vec<_> = (0..5).map(|_| fixture.receiver()).collect();
    let intake = handed_in(COPY, "DIRECT");
    let counter = async |who: &TestCaller| {
        let mut codes = Vec::new();
        for _ in 0..4 {
            codes.push(take_in(&fixture, who, HERE, &intake).await.expect(201).text("/code").to_owned());
        }
        codes
    };
    let codes: BTreeSet<_> = join_all(counters.iter().map(counter)).await.into_iter().flatten().collect();
    let expected: BTreeSet<_> = (1..=20).map(|number| format!("H44.100-260721-{number:04}")).collect();
    assert_eq!(codes, expected);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn any_centre_of_the_province_takes_what_is_free_of_territory_and_hands_it_over() {
    let fixture = Fixture::open().await;
    fixture.publish(COPY, 4, COPY_4).await;
    let centre = receiver_elsewhere(&fixture);
    let receipt = take_in(&fixture, &centre, ELSEWHERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    assert_eq!(receipt.text("/code"), "H44.100-260721-0001", "counted once, where it is decided");
    let dossier = location(&receipt);
    let here = fixture.get(&fixture.receiver(), dossier).await.expect(200);
    assert_eq!(here.text("/taken_at/code"), ELSEWHERE);
    let kinds: Vec<_> =
        here.json["custody"].as_array().expect("hand-overs").iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(kinds[..2], [json!("RECEIPT"), json!("FORWARDING")]);
    let there = "custody where seq = 1 and to_agency = 'H44.101' and to_official is not null";
    let handed_over = "custody where seq > 1 and to_agency = 'H44.100' and to_official is null";
    assert_eq!((fixture.count(there).await, fixture.count(handed_over).await), (1, kinds.len() as i64 - 1));
    // The centre sees what it took and prints it, and decides nothing.
    let _ = fixture.get(&centre, dossier).await.expect(200);
    let _ = fixture.get(&centre, &format!("{dossier}/forms/01")).await.expect(200);
    let slip = fixture.get(&centre, &format!("{dossier}/forms/06")).await.expect(200);
    assert!(Printed::read(&slip.bytes).text().matches("Phường Việt Trì").count() > 1, "to whom it was handed over");
    let approver = fixture.installation.official(&[(ELSEWHERE, Approver)]);
    let _ = fixture.act(&approver, dossier, "completion", &json!({})).await.expect(404);
    let list = fixture.get(&centre, "/api/v1/agencies/H44.101/dossiers").await.expect(200);
    assert_eq!(list.json["items"], json!([]));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_centre_lists_what_it_took_in_for_others_the_newest_first_and_finds_one_by_its_code() {
    let fixture = Fixture::open().await;
    fixture.publish(COPY, 4, COPY_4).await;
    let (centre, path) = (receiver_elsewhere(&fixture), "/api/v1/agencies/H44.101/intakes");
    let here = take_in(&fixture, &fixture.receiver(), HERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    let first = take_in(&fixture, &centre, ELSEWHERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let second = take_in(&fixture, &centre, ELSEWHERE, &handed_in(COPY, "POST")).await.expect(201);
    let [first, second] = [&first, &second].map(|receipt| receipt.text("/code").to_owned());
    let codes = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().into_iter().flatten();
        items.filter_map(|item| item["code"].as_str()).map(ToOwned::to_owned).collect()
    };
    let newest = fixture.get(&centre, &format!("{path}?page_size=1")).await.expect(200).json;
    assert_eq!(codes(&newest), [&*second]);
    assert_eq!(newest["items"][0]["agency"]["code"], HERE);
    let cursor = newest["next"].as_str().expect("another page");
    let older = fixture.get(&centre, &format!("{path}?page_size=1&cursor={cursor}")).await.expect(200).json;
    assert_eq!((codes(&older), &older["next"]), (vec![first.clone()], &Value::Null));
    let one = fixture.get(&centre, &format!("{path}?code={first}")).await.expect(200).json;
    assert_eq!(codes(&one), [&*first]);
    let others = fixture.get(&centre, &format!("{path}?code={}", here.text("/code"))).await.expect(200).json;
    assert_eq!(codes(&others), Vec::<String>::new(), "what it did not take in is not its own");
    let _ = fixture.get(&centre, &format!("{path}?code=khai-sinh")).await.expect(400);
    let own = fixture.get(&fixture.receiver(), "/api/v1/agencies/H44.100/intakes").await.expect(200).json;
    assert_eq!(codes(&own), Vec::<String>::new(), "what it took in for itself is among its work");
    let foreign = fixture.get(&fixture.receiver(), path).await.expect(404);
    assert_eq!(foreign.text("/code"), "agency-not-found");
}

#[tokio::test]
async fn what_is_bound_to_its_agency_is_refused_with_where_to_go() {
    let fixture = Fixture::open().await;
    let centre = receiver_elsewhere(&fixture);
    let refused = take_in(&fixture, &centre, ELSEWHERE, &handed_in(RESIDENCE, "DIRECT")).await.expect(409);
    assert_eq!(refused.text("/code"), "not-taken-in-there");
    assert_eq!(refused.json["errors"][0]["pointer"], "/agency");
    assert!(refused.text("/errors/0/detail").contains("Phường Việt Trì"), "{}", refused.json);
    let not_hers = take_in(&fixture, &centre, HERE, &handed_in(RESIDENCE, "DIRECT")).await.expect(404);
    assert_eq!(not_hers.text("/code"), "agency-not-found");
    let _ = take_in(&fixture, &fixture.approver(), HERE, &handed_in(RESIDENCE, "DIRECT")).await.expect(403);
    assert_eq!(fixture.count("dossiers").await, 0);
}

#[tokio::test]
async fn helped_filing_is_online_with_a_consent_that_says_who_when_and_by_what() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    let receipt = take_in(&fixture, &receiver, HERE, &handed_in(RESIDENCE, "ONLINE")).await.expect(201);
    assert_eq!((receipt.text("/status"), &receipt.json["fee"]["total"]["amount"]), ("FEE_DUE", &json!(10_000)));
    let dossier = fixture.get(&receiver, location(&receipt)).await.expect(200);
    assert_eq!((dossier.text("/channel"), &dossier.json["helped"]), ("ONLINE", &json!(true)));
    assert_eq!(dossier.text("/consent/helper/id"), receiver.id.to_string());
    assert_eq!((dossier.text("/consent/proof"), dossier.text("/consent/agency")), ("CARD_SHOWN", HERE));
    assert_eq!(dossier.json["consent"]["given_at"], receipt.json["submitted_at"]);
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await;
    assert!(moved.iter().all(|it| it.helped && it.channel.as_str() == "ONLINE"));
    for (channel, consent) in [("ONLINE", Value::Null), ("DIRECT", json!("CARD_SHOWN"))] {
        let mut intake = handed_in(RESIDENCE, channel);
        intake["consent"] = consent;
        let refused = take_in(&fixture, &receiver, HERE, &intake).await.expect(400);
        assert_eq!(errors(&refused), [("/consent".into(), "consent".into())]);
    }
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_missing_is_said_all_at_once_and_nothing_is_kept() {
    let fixture = Fixture::open().await;
    let mut intake = handed_in(RESIDENCE, "DIRECT");
    intake["papers"] = json!([paper("CT01", 0, 0), paper("CHO_O_HOP_PHAP", 1, 0)]);
    intake["answers"]["person_phone"] = json!("12");
    let refused = take_in(&fixture, &fixture.receiver(), HERE, &intake).await.expect(409);
    let found: Vec<_> = errors(&refused).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(found, ["/answers/person_phone", "/documents/CT01"]);
    intake["papers"] = json!([paper("CT01", 1, 0), paper("CT01", 1, 0)]);
    let twice = take_in(&fixture, &fixture.receiver(), HERE, &intake).await.expect(400);
    assert_eq!(errors(&twice), [("/papers/1/component".into(), "uniqueItems".into())]);
    for (member, value) in [("procedure", "2.999999"), ("agency", "H44.999")] {
        let mut intake = handed_in(RESIDENCE, "DIRECT");
        intake[member] = json!(value);
        let refused = take_in(&fixture, &fixture.receiver(), HERE, &intake).await.expect(400);
        assert_eq!(errors(&refused), [(format!("/{member}"), "unknown".into())]);
    }
    assert_eq!((fixture.count("dossiers").await, fixture.count("code_counters").await), (0, 0));
    assert_eq!(fixture.count("visitors").await, 0);
}

#[tokio::test]
async fn the_same_key_takes_one_dossier_in() {
    let fixture = Fixture::open().await;
    let (receiver, path) = (fixture.receiver(), "/api/v1/agencies/H44.100/intakes");
    let send = async || {
        let call = receiver.call("submissions", Method::POST, path).key("one");
        call.json(&handed_in(COPY, "DIRECT")).send().await.expect(201)
    };
    let (first, second) = tokio::join!(send(), send());
    let third = send().await;
    assert_eq!((&first.json, &second.json), (&third.json, &third.json));
    assert_eq!(fixture.count("dossiers").await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn who_has_an_account_finds_it_among_her_own_dossiers() {
    let fixture = Fixture::open().await;
    let lan = fixture.installation.citizen("Trần Thị Lan");
    let mut intake = handed_in(COPY, "DIRECT");
    intake["applicant"]["account"] = json!(lan.id);
    let receipt = take_in(&fixture, &fixture.receiver(), HERE, &intake).await.expect(201);
    let hers = fixture.get(&lan, location(&receipt)).await.expect(200);
    assert_eq!((hers.text("/channel"), &hers.json["consent"]), ("DIRECT", &Value::Null));
    let _ = fixture.get(&fixture.an(), location(&receipt)).await.expect(404);
}

#[tokio::test]
async fn who_comes_again_is_the_same_person() {
    let fixture = Fixture::open().await;
    for _ in 0..2 {
        let _ = take_in(&fixture, &fixture.receiver(), HERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    }
    assert_eq!(fixture.count("(select distinct party_id from dossiers) as people").await, 1);
    let mut nameless = handed_in(COPY, "POST");
    nameless["applicant"] = json!({"name": "Nguyễn Văn Khách"});
    let _ = take_in(&fixture, &fixture.receiver(), HERE, &nameless).await.expect(201);
    assert_eq!(fixture.count("(select distinct party_id from dossiers) as people").await, 2);
}

#[tokio::test]
async fn online_nobody_is_offered_an_agency_that_cannot_receive() {
    let fixture = Fixture::open().await;
    let assigned = OfficialAssigned {
        official_id: fixture.receiver().id,
        name: "Trần Thị Tiếp".parse().expect("a name"),
        email: "canbo@example.vn".parse().expect("an address"),
        phone: None,
        agency: HERE.parse().expect("a code"),
        roles: vec![Receiver],
        citizen_number: None,
    };
    fixture.installation.publish("accounts", &assigned).await;
    eventually(async || (fixture.count("official_posts").await == 1).then_some(())).await;
    let an = fixture.an();
    let _ = fixture.draft(&an, COPY, HERE).await;
    let new = json!({"procedure": COPY, "agency": ELSEWHERE});
    let refused = fixture.post(&an, "/api/v1/dossiers").json(&new).send().await.expect(409);
    assert_eq!(refused.text("/code"), "not-offered-there");
    assert!(refused.text("/errors/0/detail").contains("Phường Việt Trì"), "where to go: {}", refused.json);
}

#[tokio::test]
async fn nobody_takes_in_what_is_her_own() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    let mut own = handed_in(COPY, "DIRECT");
    own["applicant"]["account"] = json!(receiver.id);
    let refused = take_in(&fixture, &receiver, HERE, &own).await.expect(409);
    assert_eq!(refused.text("/code"), "own-dossier");
    assert_eq!(fixture.count("dossiers").await, 0);
}
