//! `PUT /api/v1/dossiers/{id}/return-way`: how the result is wanted.

use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    fixture::{BIRTH, COPY, Fixture, HERE, RESIDENCE, errors},
    intake::{handed_in, take_in},
    pdf::Printed,
};

const ADDRESS: &str = "Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ";

fn by_post() -> Value {
    json!({"way": "POST", "address": ADDRESS, "phone": "0912 345 678"})
}

async fn choose(fixture: &Fixture, who: &TestCaller, dossier: &str, choice: &Value) -> TestResponse {
    let _ = fixture;
    who.call("submissions", Method::PUT, &format!("{dossier}/return-way")).json(choice).send().await
}

/// What form 01 says of a dossier that somebody received.
async fn slip(fixture: &Fixture, who: &TestCaller, dossier: &str) -> String {
    let answer = fixture.get(who, &format!("{dossier}/forms/01")).await.expect(200);
    Printed::read(&answer.bytes).text()
}

#[tokio::test]
async fn where_nobody_chose_the_door_decides() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, BIRTH, HERE).await;
    let unchosen = |way: &str| json!({"way": way, "chosen": false, "address": null, "phone": null});
    assert_eq!(fixture.get(&an, &draft).await.json["return_way"], unchosen("DIGITAL"));
    let received = fixture.received(&an).await;
    let text = slip(&fixture, &an, &received).await;
    assert!(text.contains("Đăng ký nhận kết quả tại: Trực tuyến (bản điện tử)"), "{text}");
    for (channel, way, said) in [
        ("DIRECT", "COUNTER", "Đăng ký nhận kết quả tại: Bộ phận tiếp nhận và trả kết quả (trực tiếp)"),
        ("POST", "POST", "Đăng ký nhận kết quả tại: Qua dịch vụ bưu chính"),
    ] {
        let receiver = fixture.receiver();
        let receipt = take_in(&fixture, &receiver, HERE, &handed_in(RESIDENCE, channel)).await.expect(201);
        assert_eq!(receipt.json["return_way"], unchosen(way));
        let dossier = receipt.header("location").expect("a location");
        assert_eq!(fixture.get(&receiver, dossier).await.json["return_way"], unchosen(way));
        let text = slip(&fixture, &receiver, dossier).await;
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    assert_eq!(fixture.count("wanted_returns").await, 0, "nothing is written where nothing was chosen");
}

#[tokio::test]
async fn what_is_chosen_for_a_draft_is_read_by_the_agency_and_on_form_01() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.ready(&an, BIRTH).await;
    let chosen = choose(&fixture, &an, &draft, &by_post()).await.expect(200);
    let wanted = json!({"way": "POST", "chosen": true, "address": ADDRESS, "phone": "+84912345678"});
    assert_eq!(chosen.json["return_way"], wanted);
    let _ = fixture.submit(&an, &draft).await.expect(201);
    let receiver = fixture.receiver();
    let _ = fixture.act(&receiver, &draft, "receipt", &json!({})).await.expect(200);
    for who in [&an, &receiver] {
        assert_eq!(fixture.get(who, &draft).await.json["return_way"], wanted);
    }
    let text = slip(&fixture, &receiver, &draft).await;
    assert!(text.contains(&format!("Qua dịch vụ bưu chính; địa chỉ: {ADDRESS}; điện thoại: +84912345678")), "{text}");
    assert_eq!(
        fixture.count("audit_log where action = 'dossier.return_chosen'").await,
        0,
        "a draft is one's own business"
    );
    fixture.assert_sound().await;
}

#[tokio::test]
async fn it_is_chosen_anew_until_the_result_is_handed_over_and_audited_without_the_address() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let _ = choose(&fixture, &an, &dossier, &by_post()).await.expect(200);
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let _ = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    let other = choose(&fixture, &an, &dossier, &json!({"way": "COUNTER", "address": ADDRESS})).await.expect(200);
    let at_counter = json!({"way": "COUNTER", "chosen": true, "address": null, "phone": null});
    assert_eq!(other.json["return_way"], at_counter, "an address is for the post alone");
    let audited = "audit_log where action = 'dossier.return_chosen'";
    assert_eq!(fixture.count(audited).await, 2);
    assert_eq!(fixture.count(&format!("{audited} and detail::text like '%Nguyễn Tất Thành%'")).await, 0);
    assert_eq!(fixture.count("outbox where payload like '%Nguyễn Tất Thành%'").await, 0, "nobody else needs it");
    let handed = json!({"way": "DIGITAL"});
    let returned = fixture.act(&fixture.receiver(), &dossier, "return", &handed).await.expect(200);
    assert_eq!(returned.text("/returned/way"), "DIGITAL", "the register keeps how it went");
    assert_eq!(returned.json["return_way"], at_counter, "and the dossier how it was wanted");
    let late = choose(&fixture, &an, &dossier, &by_post()).await.expect(409);
    assert_eq!(late.text("/code"), "status-does-not-allow");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_goes_by_post_has_an_address_and_a_phone_is_one() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, COPY, HERE).await;
    for (choice, pointer, code) in [
        (json!({"way": "POST"}), "/address", "required"),
        (json!({"way": "POST", "address": "  "}), "/address", "required"),
        (json!({"way": "POST", "address": "Nhà tôi"}), "/address", "minLength"),
        (json!({"way": "POST", "address": "............"}), "/address", "wordless"),
        (json!({"way": "POST", "address": "x".repeat(301)}), "/address", "maxLength"),
    ] {
        let refused = choose(&fixture, &an, &draft, &choice).await.expect(400);
        assert_eq!(errors(&refused), [(pointer.to_owned(), code.to_owned())], "{choice}");
    }
    let wrong = json!({"way": "POST", "address": ADDRESS, "phone": "12"});
    let refused = choose(&fixture, &an, &draft, &wrong).await.expect(400);
    assert_eq!(errors(&refused)[0].0, "/phone");
    let _ = choose(&fixture, &an, &draft, &json!({"way": "PIGEON"})).await.expect(400);
    assert_eq!(fixture.count("wanted_returns").await, 0);
    let mut intake = handed_in(RESIDENCE, "DIRECT");
    intake["return_way"] = json!({"way": "POST"});
    let refused = take_in(&fixture, &fixture.receiver(), HERE, &intake).await.expect(400);
    assert_eq!(errors(&refused), [("/return_way/address".to_owned(), "required".to_owned())]);
}

#[tokio::test]
async fn a_receiver_notes_at_the_counter_how_it_is_wanted() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    let mut intake = handed_in(RESIDENCE, "DIRECT");
    intake["return_way"] = by_post();
    let receipt = take_in(&fixture, &receiver, HERE, &intake).await.expect(201);
    assert_eq!((receipt.text("/return_way/way"), receipt.text("/return_way/address")), ("POST", ADDRESS));
    let dossier = receipt.header("location").expect("a location");
    let text = slip(&fixture, &receiver, dossier).await;
    assert!(text.contains(ADDRESS), "{text}");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn it_is_its_applicants_alone_and_of_two_tabs_the_second_is_told() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, COPY, HERE).await;
    let _ = choose(&fixture, &fixture.an(), &draft, &by_post()).await.expect(404);
    let _ = choose(&fixture, &fixture.receiver(), &draft, &by_post()).await.expect(403);
    let from = |version: &'static str| {
        let call = an.call("submissions", Method::PUT, &format!("{draft}/return-way"));
        call.header("if-match", version).json(&by_post()).send()
    };
    let first = from("\"1\"").await.expect(200);
    assert_eq!(first.header("etag"), Some("\"2\""));
    let _ = from("\"1\"").await.expect(412);
}

#[tokio::test]
async fn a_business_chooses_for_its_own_dossiers() {
    let fixture = Fixture::open().await;
    let business = fixture.installation.client();
    let draft = fixture.draft(&business, COPY, HERE).await;
    let chosen = choose(&fixture, &business, &draft, &by_post()).await.expect(200);
    assert_eq!(chosen.text("/return_way/address"), ADDRESS);
}

#[tokio::test]
async fn the_address_goes_with_the_draft_that_is_thrown_away() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, COPY, HERE).await;
    let _ = choose(&fixture, &an, &draft, &by_post()).await.expect(200);
    assert_eq!(fixture.count("wanted_returns").await, 1);
    let _ = an.call("submissions", Method::DELETE, &draft).send().await.expect(204);
    assert_eq!(fixture.count("wanted_returns").await, 0);
}
