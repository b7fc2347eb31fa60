//! `GET /api/v1/agencies/{agency}/dossiers`

use std::slice;

use chrono::TimeDelta;
use civic::{
    Language, OfficialRole,
    events::{AccountNotice, AccountNoticed, AccountRegistered},
};
use diesel::sql_query;
use diesel_async::RunQueryDsl;
use serde_json::json;
use testkit::{TestResponse, eventually};

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, HERE, RESIDENCE, reason};

#[tokio::test]
async fn the_work_list_has_what_is_filed_here_the_earliest_due_first() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.draft(&an, BIRTH, HERE).await;
    let (_, later) = fixture.filed(&an, RESIDENCE).await;
    let (_, sooner) = fixture.filed(&an, BIRTH).await;
    let path = format!("/api/v1/agencies/{HERE}/dossiers");
    let list = fixture.get(&fixture.receiver(), &path).await.expect(200);
    let codes: Vec<_> = list.json["items"].as_array().expect("items").iter().map(|item| item["code"].clone()).collect();
    assert_eq!(codes, [sooner.json["code"].clone(), later.json["code"].clone()]);
    assert_eq!(list.text("/items/0/applicant_name"), "Nguyễn Văn An");
    let first = fixture.get(&fixture.receiver(), &format!("{path}?page_size=1")).await;
    assert_eq!(first.json["items"].as_array().map(Vec::len), Some(1));
    assert!(first.json["next"].is_string());
}

#[tokio::test]
async fn the_work_list_goes_on_where_a_page_ended_and_can_be_narrowed() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    for _ in 0..3 {
        fixture.filed(&an, BIRTH).await;
    }
    fixture.filed(&an, COPY).await;
    let path = format!("/api/v1/agencies/{HERE}/dossiers?status=REGISTERED&page_size=2");
    let first = fixture.get(&receiver, &path).await.expect(200);
    let rest = fixture.get(&receiver, &format!("{path}&cursor={}", first.text("/next"))).await.expect(200);
    assert_eq!(rest.json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest.json.get("next"), None);
    let drafts = fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossiers?status=DRAFT")).await.expect(200);
    assert_eq!(drafts.json["items"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn the_list_behind_every_number_can_be_read_page_by_page() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.filed(&an, COPY).await;
    // All three are due today; ids of one moment are in no order.
    let (open, _) = fixture.filed(&an, BIRTH).await;
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let first = fixture.received(&an).await;
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let second = fixture.received(&an).await;
    let receiver = fixture.receiver();
    let read = async |query: &str| {
        let path = format!("/api/v1/agencies/{HERE}/dossiers?{query}");
        fixture.get(&receiver, &path).await.expect(200)
    };
    let ids = |answer: &TestResponse| {
        let items = answer.json["items"].as_array().expect("items").iter();
        items.map(|item| format!("/api/v1/dossiers/{}", item["id"].as_str().expect("an id"))).collect::<Vec<_>>()
    };
    let everything = read("work=OPEN").await;
    assert_eq!(ids(&everything), [open, first.clone(), second.clone()], "what waits for a fee is nobody's work");
    assert_eq!(ids(&read("work=OPEN&status=RECEIVED").await), [first.clone(), second.clone()]);
    let soon = read("work=DUE_SOON&page_size=1").await;
    assert_eq!((ids(&soon), soon.text("/items/0/urgency")), (vec![first.clone()], "DUE_SOON"));
    let rest = read(&format!("work=DUE_SOON&page_size=1&cursor={}", soon.text("/next"))).await;
    assert_eq!((ids(&rest), rest.json.get("next")), (vec![second.clone()], None));
    assert!(ids(&read("work=OVERDUE").await).is_empty());
    fixture.installation.clock.advance(TimeDelta::days(7));
    let late = read("work=OVERDUE").await;
    assert_eq!((ids(&late), late.text("/items/0/urgency")), (vec![first.clone(), second], "OVERDUE"));
    let dossier = fixture.get(&receiver, &first).await.expect(200);
    assert_eq!((dossier.text("/urgency"), &dossier.json["working_minutes_left"]), ("OVERDUE", &json!(0)));
}

#[tokio::test]
async fn what_waits_for_the_applicant_is_apart_from_what_came_back() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    fixture.received(&an).await;
    let asked = fixture.asked(&an).await;
    let id = asked.rsplit('/').next().expect("an id").to_owned();
    let ids = async |part: &str| {
        let list = fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossiers?work={part}")).await.expect(200);
        let items = list.json["items"].as_array().expect("items").clone();
        items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let counted = async |part: &str| {
        let counts = fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossier-counts")).await.expect(200);
        counts.json[part].clone()
    };
    assert_eq!((ids("WAITING").await, ids("SUPPLEMENTED").await), (vec![id.clone()], vec![]));
    assert_eq!((counted("waiting").await, counted("due_today").await["dossiers"].clone()), (json!(1), json!(1)));
    let _ = fixture.upload(&an, &asked, "GIAY_CHUNG_SINH").await.expect(201);
    let _ = fixture.act(&an, &asked, "supplement", &json!({})).await.expect(200);
    assert_eq!((ids("WAITING").await, ids("SUPPLEMENTED").await), (vec![], vec![id.clone()]));
    assert_eq!(counted("supplemented").await, json!({"dossiers": 1, "more": false}));
    let _ = fixture.act(&fixture.approver(), &asked, "suspension", &reason()).await.expect(200);
    assert_eq!(ids("SUPPLEMENTED").await, Vec::<String>::new(), "somebody has seen to it");
}

#[tokio::test]
async fn another_agencys_list_is_not_there() {
    let fixture = Fixture::open().await;
    let official = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let _ = fixture.get(&official, &format!("/api/v1/agencies/{HERE}/dossiers")).await.expect(404);
    let _ = fixture.get(&official, &format!("/api/v1/agencies/{ELSEWHERE}/dossiers")).await.expect(200);
    let _ = fixture.get(&fixture.an(), &format!("/api/v1/agencies/{HERE}/dossiers")).await.expect(403);
    let _ = fixture.get(&official, "/api/v1/agencies/nowhere/dossiers").await.expect(400);
}

#[tokio::test]
async fn a_dossier_is_found_by_code_name_number_and_phone_as_they_are_typed() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (_, birth) = fixture.filed(&an, BIRTH).await;
    let (_, move_in) = fixture.filed(&an, RESIDENCE).await;
    let [birth, move_in] = [&birth, &move_in].map(|filed| filed.text("/code").to_owned());
    let receiver = fixture.receiver();
    let found = async |text: &str| {
        let query: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        codes(&fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossiers?q={query}")).await.expect(200))
    };
    for text in [&birth, &birth.to_lowercase(), &birth[8..], &birth[15..]] {
        assert_eq!(found(text).await, slice::from_ref(&birth), "{text}");
    }
    let number = birth[15..].trim_start_matches('0');
    assert!(found(number).await.contains(&birth), "its number without zeros");
    for text in ["minh khôi", "KHOI  minh", "khoi nguyen", "nguyễn kh"] {
        assert_eq!(found(text).await, slice::from_ref(&birth), "{text}");
    }
    for text in ["0912345678", "0912 345 678", "+84 912 345 678", "0912345"] {
        assert_eq!(found(text).await, slice::from_ref(&move_in), "{text}");
    }
    assert_eq!(found("000 095 012345").await.len(), 2);
    assert_eq!(found("1.004222").await, [move_in]);
    assert_eq!(found("  ").await.len(), 2, "no word leaves all");
    assert!(found("khoi nobody").await.is_empty());
    assert!(found(r"o'neil\ & | ! :* (").await.is_empty());
}

#[tokio::test]
async fn what_is_found_is_narrowed_by_procedure_day_and_status_page_by_page() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let (_, first) = fixture.filed(&an, BIRTH).await;
    fixture.installation.clock.advance(TimeDelta::days(1));
    let (_, second) = fixture.filed(&an, BIRTH).await;
    let (_, other) = fixture.filed(&an, RESIDENCE).await;
    let [first, second, other] = [&first, &second, &other].map(|filed| filed.text("/code").to_owned());
    let days = [&first, &second].map(|code| format!("20{}-{}-{}", &code[8..10], &code[10..12], &code[12..14]));
    let path = format!("/api/v1/agencies/{HERE}/dossiers");
    let read = async |query: String| codes(&fixture.get(&receiver, &format!("{path}?{query}")).await.expect(200));
    for q in ["", "q=an&"] {
        assert_eq!(read(format!("{q}procedure={BIRTH}")).await, [first.clone(), second.clone()]);
        assert_eq!(read(format!("{q}until={}", days[0])).await, slice::from_ref(&first));
        assert_eq!(read(format!("{q}from={}", days[1])).await, [second.clone(), other.clone()]);
        assert_eq!(read(format!("{q}from={}&status=REGISTERED", days[0])).await, [first.clone(), second.clone()]);
        assert!(read(format!("{q}status=COMPLETED")).await.is_empty());
        let page = fixture.get(&receiver, &format!("{path}?{q}page_size=2")).await.expect(200);
        let rest = format!("{path}?{q}page_size=2&cursor={}", page.text("/next"));
        assert_eq!(codes(&fixture.get(&receiver, &rest).await.expect(200)), slice::from_ref(&other));
    }
}

#[tokio::test]
async fn what_a_version_before_filed_is_found_after_an_hour() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let (_, filed) = fixture.filed(&an, BIRTH).await;
    let mut database = fixture.installation.database("submissions").await;
    sql_query("delete from dossier_words").execute(&mut database).await.expect("deleted");
    let path = format!("/api/v1/agencies/{HERE}/dossiers?q=khoi+{}", &filed.text("/code")[15..]);
    assert!(codes(&fixture.get(&receiver, &path).await.expect(200)).is_empty());
    fixture.installation.clock.advance(TimeDelta::hours(1));
    eventually(async || {
        let found = codes(&fixture.get(&receiver, &path).await.expect(200));
        (found == [filed.text("/code").to_owned()]).then_some(())
    })
    .await;
}

#[tokio::test]
async fn nothing_of_another_agency_is_found() {
    let fixture = Fixture::open().await;
    fixture.filed(&fixture.an(), BIRTH).await;
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let found = fixture.get(&elsewhere, &format!("/api/v1/agencies/{ELSEWHERE}/dossiers?q=khoi")).await.expect(200);
    assert!(codes(&found).is_empty());
}

fn codes(list: &TestResponse) -> Vec<String> {
    list.json["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["code"].as_str().expect("a code").into())
        .collect()
}

#[tokio::test]
async fn a_dossier_is_found_by_its_applicants_own_phone_as_long_as_that_is_hers() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let (_, filed) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.filed(&fixture.installation.citizen("Trần Thị Bình"), BIRTH).await;
    let told = |phone: &str| AccountRegistered {
        account_id: an.id,
        name: "Nguyễn Văn An".parse().expect("a name"),
        email: "an@example.vn".parse().expect("an address"),
        phone: Some(phone.parse().expect("a phone")),
        language: Language::Vi,
    };
    let known = async |phone: &str| {
        fixture.installation.publish("accounts", &told(phone)).await;
        let phone = phone.replacen('0', "+84", 1);
        let noted = format!("contact_phones where phone = '{phone}'");
        eventually(async || (fixture.count(&noted).await == 1).then_some(())).await;
    };
    let found = async |query: &str| {
        codes(&fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossiers?q={query}")).await.expect(200))
    };
    known("0977000111").await;
    for typed in ["0977000111", "0977+000+111", "%2B84977000111", "0977.000.111"] {
        assert_eq!(found(typed).await, [filed.text("/code")], "{typed}");
    }
    assert_eq!(found("0977000111&status=COMPLETED").await, [""; 0]);
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let there = fixture.get(&elsewhere, &format!("/api/v1/agencies/{ELSEWHERE}/dossiers?q=0977000111")).await;
    assert_eq!(codes(&there.expect(200)), [""; 0]);
    known("0977000222").await;
    assert_eq!(found("0977000111").await, [""; 0]);
    assert_eq!(found("0977000222").await, [filed.text("/code")]);
    let closed = AccountNoticed {
        account_id: an.id,
        notice: AccountNotice::Closed,
        email: "an@example.vn".parse().expect("an address"),
        name: "Nguyễn Văn An".parse().expect("a name"),
        happened_at: fixture.installation.clock.now(),
        language: Language::Vi,
        by_office: false,
    };
    fixture.installation.publish("accounts", &closed).await;
    eventually(async || (fixture.count("contact_phones").await == 0).then_some(())).await;
    assert_eq!(found("0977000222").await, [""; 0]);
}
