//! `GET /api/v1/procedures`, `GET /api/v1/procedures/{code}` and `GET /api/v1/procedures/{code}/versions/{version}`

use serde_json::{Value, json};
use testkit::eventually;

use crate::{
    changes::withdraw,
    drafts::{Office, next},
    fixture::{BIRTH, CERTIFIED, COPY, Fixture, GUARDIANSHIP, MARITAL_STATUS, RESIDENCE, codes},
};

#[tokio::test]
async fn everybody_can_list_and_search_procedures_as_people_type() {
    let fixture = Fixture::open().await;
    let search = async |query: &str| fixture.get(&format!("/api/v1/procedures{query}")).await.expect(200);
    assert_eq!(codes(&search("").await), [BIRTH, RESIDENCE, GUARDIANSHIP, MARITAL_STATUS, COPY, CERTIFIED]);
    for query in ["?q=KHAI%20SINH", "?q=khai%20sinh", "?q=%C4%91%C4%83ng%20k%C3%BD%20khai", "?q=birth%20reg"] {
        assert!(codes(&search(query).await).contains(&BIRTH), "{query}");
    }
    assert_eq!(codes(&search("?q=1.0042").await), [RESIDENCE]);
    assert_eq!(codes(&search("?field=cu-tru").await), [RESIDENCE]);
    assert!(codes(&search("?q=%25").await).is_empty(), "nothing in a search is a wildcard");
    assert_eq!(codes(&search("?q=%00").await).len(), 6, "a control character is no text");
}

#[tokio::test]
async fn people_search_with_their_words_in_their_order_and_the_best_comes_first() {
    let fixture = Fixture::open().await;
    for (typed, first) in [
        ("làm giấy khai sinh", BIRTH),
        ("lam giay khai sinh", BIRTH),
        ("khai sinh đăng ký", BIRTH),
        ("sinh khai", BIRTH),
        ("nhập hộ khẩu", RESIDENCE),
        ("ho khau nhap", RESIDENCE),
        ("trich luc khai sinh", COPY),
        ("khai sinh trích lục", COPY),
        ("giấy khai sinh bản sao", COPY),
        ("mất giấy khai sinh", COPY),
        ("tôi muốn làm khai sinh cho con", BIRTH),
        ("thủ tục đăng kí khai sinh", BIRTH),
        ("xin trich luc", COPY),
        ("cần làm gì để nhập hộ khẩu", RESIDENCE),
        ("how do i register a birth", BIRTH),
        ("giấy độc thân", MARITAL_STATUS),
        ("xac nhan chua ket hon", MARITAL_STATUS),
        ("người giám hộ", GUARDIANSHIP),
        ("1001193", BIRTH),
        ("1004222", RESIDENCE),
    ] {
        let asked: String = url_encoded(typed);
        let found = fixture.get(&format!("/api/v1/procedures?q={asked}")).await.expect(200);
        assert_eq!(codes(&found).first(), Some(&first), "{typed}");
    }
    let both = fixture.get("/api/v1/procedures?q=giay+khai+sinh&page_size=1").await.expect(200);
    let next = format!("/api/v1/procedures?q=giay+khai+sinh&page_size=1&cursor={}", both.text("/next"));
    assert_eq!([codes(&both), codes(&fixture.get(&next).await.expect(200))], [[BIRTH], [COPY]]);
    for nothing in ["khai+sinh+o+to", "ang+ky", "ket+hon+khai+sinh+nhap"] {
        assert!(
            codes(&fixture.get(&format!("/api/v1/procedures?q={nothing}")).await.expect(200)).is_empty(),
            "{nothing}"
        );
    }
}

fn url_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn the_list_has_pages() {
    let fixture = Fixture::open().await;
    let first = fixture.get("/api/v1/procedures?page_size=2").await.expect(200);
    let path = format!("/api/v1/procedures?page_size=2&cursor={}", first.text("/next"));
    assert_eq!(codes(&fixture.get(&path).await.expect(200)), [GUARDIANSHIP, MARITAL_STATUS]);
    for query in ["page_size=-1", "cursor=x", "field=%00", "all=1"] {
        let _ = fixture.get(&format!("/api/v1/procedures?{query}")).await.expect(400);
    }
}

#[tokio::test]
async fn a_procedure_says_everything_that_is_asked_for() {
    let fixture = Fixture::open().await;
    let answer = fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200);
    assert_eq!(answer.json["version"], 4);
    assert_eq!(answer.json["time_limit"], json!({"unit": "same_day", "cut_off": "15:00"}));
    assert_eq!(answer.json["fee_rules"][0]["channels"]["ONLINE"], json!({"amount": 8000, "currency": "VND"}));
    assert_eq!(answer.json["form"]["properties"]["copies"]["maximum"], 20);
    assert!(answer.json["legal_basis"][0]["vi"].as_str().is_some_and(|law| law.contains("118/2025/NĐ-CP")));
    let published: Value = serde_json::from_str(include_str!("../../data/procedures/2.000635/4.json")).expect("JSON");
    assert_eq!(answer.json["ui"], published["ui"]);
}

#[tokio::test]
async fn a_procedure_may_be_kept_a_second_and_is_not_sent_twice() {
    let fixture = Fixture::open().await;
    for path in [format!("/api/v1/procedures/{COPY}"), "/api/v1/procedures".into()] {
        let first = fixture.get(&path).await.expect(200);
        assert_eq!(first.header("cache-control"), Some("public, max-age=1"));
        let etag = first.header("etag").expect("an ETag");
        let again = fixture.get_again(&path, etag).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0));
        let other = fixture.get_again(&path, "\"x\"").await;
        assert_eq!(other.status, 200);
    }
}

#[tokio::test]
async fn every_version_can_be_read_by_its_number() {
    let fixture = Fixture::open().await;
    let current = fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200);
    let versions = format!("/api/v1/procedures/{COPY}/versions");
    assert_eq!(fixture.get(&format!("{versions}/4")).await.expect(200).json, current.json);
    let first = fixture.get(&format!("{versions}/1")).await.expect(200);
    assert_eq!(first.json["version"], 1);
    assert!(first.json.get("process").is_none(), "it is shown as it was published");
    let etag = first.header("etag").expect("an ETag");
    assert_eq!(fixture.get_again(&format!("{versions}/1"), etag).await.status, 304);
    for (version, status) in [("5", 404), ("0", 404), ("x", 400)] {
        let _ = fixture.get(&format!("{versions}/{version}")).await.expect(status);
    }
    let _ = fixture.get("/api/v1/procedures/1.999999/versions/1").await.expect(404);
}

#[tokio::test]
async fn an_unknown_procedure_is_not_found() {
    let fixture = Fixture::open().await;
    for (code, status) in [("1.999999", 404), ("none", 400), ("%00", 400)] {
        let _ = fixture.get(&format!("/api/v1/procedures/{code}")).await.expect(status);
    }
}

#[tokio::test]
async fn a_renumbered_procedure_is_read_and_found_by_its_former_code() {
    let office = Office::open().await;
    office.announce_another("1.012796", "2026-07-21").await;
    office.until_in_force("1.012796", 1).await;
    withdraw(&office.first, "1.012796", "\"1\"").await.expect(200);
    let mut document = next();
    document["code"] = "1.115446".into();
    document["replaces"] = json!(["1.012796"]);
    office.announce(&document, "2026-07-21").await;
    office.until_in_force("1.115446", 1).await;
    let led = async || {
        let led = office.fixture.get("/api/v1/procedures/1.012796").await.expect(200);
        (led.text("/code") == "1.115446").then_some(led)
    };
    let led = eventually(led).await;
    assert_eq!((&led.json["version"], led.json.get("withdrawn")), (&json!(1), None));
    let found = office.fixture.get("/api/v1/procedures?q=1.012796").await.expect(200);
    assert_eq!(codes(&found), ["1.115446"]);
    let _ = office.fixture.get("/api/v1/procedures/1.012797").await.expect(404);
    document["replaces"] = json!(["1.012796", "1.115446", "1.012796"]);
    document["fee_rules"][0]["channels"]["ONLINE"]["amount"] = 14_000.into();
    let draft = office.begin(&document).await.expect(201);
    let pointers: Vec<_> =
        draft.json["faults"].as_array().expect("faults").iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/replaces/1", "/replaces/2"]);
}
