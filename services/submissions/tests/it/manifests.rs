//! `/api/v1/agencies/{agency}/manifests`, `/api/v1/agencies/{agency}/parcels/{id}/outcome`: results that are handed over to the post.

use civic::{
    OfficialRole,
    events::{DossierNotice, DossierNoticed},
};
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    fixture::{BIRTH, ELSEWHERE, Fixture, HERE, birth, errors},
    intake::take_in,
    pdf::Printed,
};

const ADDRESS: &str = "Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ";
const MANIFESTS: &str = "/api/v1/agencies/H44.100/manifests";

fn wanted_by_post() -> Value {
    json!({"way": "POST", "address": ADDRESS, "phone": "0912 345 678"})
}

/// A dossier of this citizen's whose result is ready and wanted so; gives its id.
async fn ready(fixture: &Fixture, an: &TestCaller, choice: &Value) -> String {
    let dossier = fixture.received(an).await;
    let chosen = an.call("submissions", Method::PUT, &format!("{dossier}/return-way")).json(choice).send().await;
    let _ = chosen.expect(200);
    complete(fixture, &dossier).await
}

async fn complete(fixture: &Fixture, dossier: &str) -> String {
    let approver = fixture.approver();
    let _ = fixture.issue(&approver, dossier).await.expect(201);
    let _ = fixture.act(&approver, dossier, "completion", &json!({})).await.expect(200);
    dossier.split('/').next_back().expect("an id").to_owned()
}

async fn by_post(fixture: &Fixture) -> String {
    ready(fixture, &fixture.an(), &wanted_by_post()).await
}

async fn at_the_counter(fixture: &Fixture) -> String {
    ready(fixture, &fixture.an(), &json!({"way": "COUNTER"})).await
}

async fn make(fixture: &Fixture, who: &TestCaller, dossiers: &[&str]) -> TestResponse {
    let parcels: Vec<_> = dossiers.iter().map(|id| json!({"dossier": id})).collect();
    fixture.post(who, MANIFESTS).json(&json!({"parcels": parcels})).send().await
}

async fn sign(fixture: &Fixture, who: &TestCaller, manifest: &Value, codes: &[(usize, &str)]) -> TestResponse {
    let taken = |(place, code): &(usize, &str)| json!({"id": manifest["parcels"][place]["id"], "item_code": code});
    let parcels: Vec<_> = codes.iter().map(taken).collect();
    let path = format!("{MANIFESTS}/{}/signature", text(&manifest["id"]));
    fixture.post(who, &path).json(&json!({"carrier": "Đỗ Văn Thư, Bưu cục Việt Trì", "parcels": parcels})).send().await
}

async fn note(fixture: &Fixture, parcel: &Value, body: Value) -> TestResponse {
    let path = format!("/api/v1/agencies/H44.100/parcels/{}/outcome", text(&parcel["id"]));
    fixture.post(&fixture.receiver(), &path).json(&body).send().await
}

async fn listed(fixture: &Fixture) -> Value {
    fixture.get(&fixture.receiver(), MANIFESTS).await.expect(200).json
}

async fn dossier(fixture: &Fixture, id: &str) -> Value {
    fixture.get(&fixture.receiver(), &format!("/api/v1/dossiers/{id}")).await.expect(200).json
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn states(manifest: &Value) -> Vec<&str> {
    manifest["parcels"].as_array().into_iter().flatten().map(|parcel| text(&parcel["state"])).collect()
}

async fn notices(fixture: &Fixture, notice: DossierNotice) -> usize {
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await;
    told.into_iter().filter(|told| told.notice == notice).count()
}

#[tokio::test]
async fn what_is_ready_and_wanted_by_post_waits_is_listed_and_is_handed_over_with_the_posts_number() {
    let fixture = Fixture::open().await;
    let mut both = [by_post(&fixture).await, by_post(&fixture).await];
    // Both are ready in the same moment: then it goes by the id, which is nobody's choice.
    both.sort();
    let ([first, second], receiver) = (both, fixture.receiver());
    let other_way = at_the_counter(&fixture).await;
    let waiting = listed(&fixture).await;
    let ids: Vec<_> = waiting["to_send"].as_array().into_iter().flatten().map(|it| text(&it["dossier_id"])).collect();
    assert_eq!(ids, [first.as_str(), second.as_str()], "and not {other_way}");
    assert_eq!(
        (&waiting["to_send"][0]["address"], &waiting["to_send"][0]["phone"]),
        (&json!(ADDRESS), &json!("+84912345678"))
    );

    let made = make(&fixture, &receiver, &[&first, &second]).await.expect(201);
    let manifest = fixture.get(&receiver, made.header("location").expect("a location")).await.expect(200).json;
    assert_eq!((&manifest["number"], &manifest["year"], &manifest["state"]), (&json!(1), &json!(2026), &json!("OPEN")));
    assert_eq!(states(&manifest), ["LISTED", "LISTED"]);
    assert_eq!(listed(&fixture).await["to_send"], json!([]));
    assert_eq!(dossier(&fixture, &first).await["status"], "COMPLETED", "nobody has signed yet");

    let signed = sign(&fixture, &receiver, &manifest, &[(0, " EB123456789VN ")]).await.expect(200).json;
    assert_eq!((&signed["state"], states(&signed)), (&json!("SIGNED"), vec!["SENT", "LEFT_OUT"]));
    let sent = dossier(&fixture, &first).await;
    let returned = json!({"at": "2026-07-21T03:00:00Z", "way": "POST", "to": "EB123456789VN"});
    assert_eq!((&sent["status"], &sent["returned"]), (&json!("RETURNED"), &returned));
    assert_eq!(dossier(&fixture, &second).await["status"], "COMPLETED");
    let after = listed(&fixture).await;
    assert_eq!((&after["to_send"][0]["dossier_id"], &after["under_way"][0]["state"]), (&json!(second), &json!("SENT")));
    assert_eq!(notices(&fixture, DossierNotice::Returned).await, 1);
    for action in ["manifest.made", "manifest.signed", "dossier.returned"] {
        assert_eq!(fixture.count(&format!("audit_log where action = '{action}'")).await, 1, "{action}");
    }
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_manifest_is_made_whole_or_not_and_each_result_that_is_not_sent_is_named() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    let (good, counter) = (by_post(&fixture).await, at_the_counter(&fixture).await);
    let unfinished = fixture.received(&fixture.an()).await;
    let unfinished = unfinished.split('/').next_back().expect("an id");
    let came_by_post = json!({
        "procedure": BIRTH, "agency": HERE, "channel": "POST", "answers": birth(),
        "papers": [{"component": "GIAY_CHUNG_SINH", "originals": 1, "copies": 0}],
        "applicant": {"name": "Trần Thị Lan", "citizen_number": "000192123456"},
    });
    let came_by_post = take_in(&fixture, &receiver, HERE, &came_by_post).await.expect(201);
    let nowhere = complete(&fixture, &format!("/api/v1/dossiers/{}", came_by_post.text("/dossier_id"))).await;
    let refused = make(&fixture, &receiver, &[&good, &counter, unfinished, &nowhere]).await.expect(400);
    let expected = [
        ("/parcels/1/dossier", "wanted-another-way"),
        ("/parcels/2/dossier", "not-to-be-sent"),
        ("/parcels/3/address", "required"),
    ];
    assert_eq!(errors(&refused), expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    assert_eq!(fixture.count("manifests").await + fixture.count("parcels").await, 0);
    let twice = make(&fixture, &receiver, &[&good, &good]).await.expect(400);
    assert_eq!(errors(&twice), [("/parcels/1/dossier".to_owned(), "uniqueItems".to_owned())]);
    let none = make(&fixture, &receiver, &[]).await.expect(400);
    assert_eq!(errors(&none), [("/parcels".to_owned(), "count".to_owned())]);
    let _ = make(&fixture, &receiver, &[&good]).await.expect(201);
    let again = make(&fixture, &receiver, &[&good]).await.expect(400);
    assert_eq!(errors(&again), [("/parcels/0/dossier".to_owned(), "on-its-way".to_owned())]);
    let nothing = make(&fixture, &receiver, &["00000000-0000-7000-8000-000000000000"]).await.expect(400);
    assert_eq!(errors(&nothing), [("/parcels/0/dossier".to_owned(), "unknown".to_owned())]);
}

#[tokio::test]
async fn the_receiver_may_say_another_address() {
    let fixture = Fixture::open().await;
    let id = by_post(&fixture).await;
    let elsewhere = "Số 1 phố Hàng Bài, phường Cửa Nam, thành phố Hà Nội";
    for (address, status) in [("Ngắn", 400), (elsewhere, 201)] {
        let body = json!({"parcels": [{"dossier": id, "address": address}]});
        let made = fixture.post(&fixture.receiver(), MANIFESTS).json(&body).send().await.expect(status);
        match status {
            400 => assert_eq!(errors(&made)[0].0, "/parcels/0/address"),
            _ => assert_eq!(made.text("/parcels/0/address"), elsewhere),
        }
    }
}

#[tokio::test]
async fn of_two_who_list_the_same_result_at_once_one_does_and_numbers_have_no_gap() {
    let fixture = Fixture::open().await;
    let (one, other, receiver) = (by_post(&fixture).await, by_post(&fixture).await, fixture.receiver());
    let wanted = &[one.as_str()][..];
    let asked = futures_util::future::join_all((0..5).map(|_| make(&fixture, &receiver, wanted))).await;
    let mut statuses: Vec<_> = asked.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 400, 400, 400, 400]);
    let next = make(&fixture, &receiver, &[&other]).await.expect(201);
    assert_eq!(next.json["number"], 2);
}

#[tokio::test]
async fn what_is_dropped_waits_again_and_what_ended_once_stays() {
    let fixture = Fixture::open().await;
    let (id, receiver) = (by_post(&fixture).await, fixture.receiver());
    let manifest = make(&fixture, &receiver, &[&id]).await.expect(201).json;
    let path = format!("{MANIFESTS}/{}/cancellation", text(&manifest["id"]));
    let dropped = fixture.post(&receiver, &path).json(&json!({})).send().await.expect(200).json;
    assert_eq!((&dropped["state"], states(&dropped)), (&json!("CANCELLED"), vec!["LEFT_OUT"]));
    assert_eq!(listed(&fixture).await["to_send"][0]["dossier_id"], json!(id));
    let again = fixture.post(&receiver, &path).json(&json!({})).send().await.expect(409);
    assert_eq!(again.text("/code"), "manifest-ended");
    let _ = sign(&fixture, &receiver, &manifest, &[(0, "EB1234")]).await.expect(409);
    let anew = make(&fixture, &receiver, &[&id]).await.expect(201).json;
    assert_eq!(anew["number"], 2);
    let _ = sign(&fixture, &receiver, &anew, &[(0, "EB1234")]).await.expect(200);
    let _ = sign(&fixture, &receiver, &anew, &[(0, "EB1234")]).await.expect(409);
}

#[tokio::test]
async fn a_signature_names_who_took_what_of_this_manifest_over() {
    let fixture = Fixture::open().await;
    let (id, other, receiver) = (by_post(&fixture).await, by_post(&fixture).await, fixture.receiver());
    let third = by_post(&fixture).await;
    let manifest = make(&fixture, &receiver, &[&id, &third]).await.expect(201).json;
    let foreign = make(&fixture, &receiver, &[&other]).await.expect(201).json;
    let path = format!("{MANIFESTS}/{}/signature", text(&manifest["id"]));
    let own = json!({"id": manifest["parcels"][0]["id"], "item_code": "EB1234"});
    let another = json!({"id": foreign["parcels"][0]["id"], "item_code": "EB1235"});
    for (carrier, parcels, pointer) in [
        ("", json!([own]), "/carrier"),
        ("Đỗ Văn Thư", json!([]), "/parcels"),
        ("Đỗ Văn Thư", json!([another]), "/parcels/0/id"),
        ("Đỗ Văn Thư", json!([own, {"id": own["id"], "item_code": "EB9999"}]), "/parcels/1/id"),
        (
            "Đỗ Văn Thư",
            json!([own, {"id": manifest["parcels"][1]["id"], "item_code": " eb1234"}]),
            "/parcels/1/item_code",
        ),
        ("Đỗ Văn Thư", json!([{"id": own["id"], "item_code": "E"}]), "/parcels/0/item_code"),
    ] {
        let body = json!({"carrier": carrier, "parcels": parcels});
        let refused = fixture.post(&receiver, &path).json(&body).send().await.expect(400);
        assert_eq!(errors(&refused)[0].0, pointer, "{body}");
    }
    assert_eq!(dossier(&fixture, &id).await["status"], "COMPLETED");
}

#[tokio::test]
async fn what_comes_back_is_told_to_its_applicant_and_fetched_or_sent_again() {
    let fixture = Fixture::open().await;
    let (fetched, again, receiver) = (by_post(&fixture).await, by_post(&fixture).await, fixture.receiver());
    let manifest = make(&fixture, &receiver, &[&fetched, &again]).await.expect(201).json;
    let early = note(&fixture, &manifest["parcels"][0], json!({"outcome": "DELIVERED"})).await.expect(409);
    assert_eq!(early.text("/code"), "parcel-elsewhere");
    let signed = sign(&fixture, &receiver, &manifest, &[(0, "EB0001"), (1, "EB0002")]).await.expect(200).json;
    for place in [0, 1] {
        let back = note(&fixture, &signed["parcels"][place], json!({"outcome": "CAME_BACK"})).await.expect(200);
        let code = dossier(&fixture, [&fetched, &again][place]).await["code"].clone();
        assert_eq!((&back.json["state"], &back.json["code"]), (&json!("CAME_BACK"), &code));
    }
    assert_eq!(notices(&fixture, DossierNotice::ParcelCameBack).await, 2);
    let lie_here = listed(&fixture).await;
    assert_eq!(lie_here["under_way"].as_array().map(Vec::len), Some(2), "whoever must act sees them");

    let nobody = note(&fixture, &signed["parcels"][0], json!({"outcome": "COLLECTED"})).await.expect(400);
    assert_eq!(errors(&nobody)[0].0, "/collected_by");
    let by = json!({"outcome": "COLLECTED", "collected_by": "Nguyễn Văn An"});
    let collected = note(&fixture, &signed["parcels"][0], by).await.expect(200);
    assert_eq!((collected.text("/state"), collected.text("/collected_by")), ("COLLECTED", "Nguyễn Văn An"));

    let second = make(&fixture, &receiver, &[&again]).await.expect(201).json;
    let second = sign(&fixture, &receiver, &second, &[(0, "EB0003")]).await.expect(200).json;
    assert_eq!(dossier(&fixture, &again).await["returned"]["to"], "EB0003");
    assert_eq!(notices(&fixture, DossierNotice::Returned).await, 3);
    let path = format!("{MANIFESTS}/{}", text(&manifest["id"]));
    assert_eq!(states(&fixture.get(&receiver, &path).await.expect(200).json), ["COLLECTED", "SENT_AGAIN"]);
    let _ = note(&fixture, &second["parcels"][0], json!({"outcome": "DELIVERED"})).await.expect(200);
    assert_eq!(listed(&fixture).await["under_way"], json!([]));
    let refused = make(&fixture, &receiver, &[&again]).await.expect(400);
    assert_eq!(errors(&refused)[0].1, "on-its-way", "it was delivered");
    let refused = make(&fixture, &receiver, &[&fetched]).await.expect(400);
    assert_eq!(errors(&refused)[0].1, "not-to-be-sent");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn both_sides_sign_a_list_that_says_what_is_handed_over() {
    let fixture = Fixture::open().await;
    let (one, other, receiver) = (by_post(&fixture).await, by_post(&fixture).await, fixture.receiver());
    let manifest = make(&fixture, &receiver, &[&one, &other]).await.expect(201).json;
    let path = format!("{MANIFESTS}/{}/pdf", text(&manifest["id"]));
    let before = fixture.get(&receiver, &path).await.expect(200);
    let name = "attachment; filename=\"bang-ke-H44.100-2026-1.pdf\"";
    assert_eq!(before.header("content-disposition"), Some(name));
    let said = Printed::read(&before.bytes).text();
    for part in ["BẢNG KÊ BÀN GIAO KẾT QUẢ CHO BƯU CHÍNH Số 1/2026", "Nguyễn Văn An", ADDRESS, "Cộng: 2 kết quả."]
    {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    let _ = sign(&fixture, &receiver, &manifest, &[(0, "EB123456789VN")]).await.expect(200);
    let after = Printed::read(&fixture.get(&receiver, &path).await.expect(200).bytes).text();
    for part in ["EB123456789VN", "Không bàn giao", "trong đó 1 không bàn giao", "Đỗ Văn Thư, Bưu cục Việt Trì"]
    {
        assert!(after.contains(part), "{part:?} is not in\n{after}");
    }
    assert_eq!(fixture.count("audit_log where detail ->> 'shown' = 'manifest'").await, 2);
}

#[tokio::test]
async fn what_another_agency_sends_is_not_there_and_only_receivers_hand_over() {
    let fixture = Fixture::open().await;
    let id = by_post(&fixture).await;
    let there = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let _ = make(&fixture, &fixture.approver(), &[&id]).await.expect(403);
    let _ = make(&fixture, &there, &[&id]).await.expect(404);
    let theirs = json!({"parcels": [{"dossier": id}]});
    let path = format!("/api/v1/agencies/{ELSEWHERE}/manifests");
    let refused = fixture.post(&there, &path).json(&theirs).send().await.expect(400);
    assert_eq!(errors(&refused)[0].1, "unknown");
    let manifest = make(&fixture, &fixture.receiver(), &[&id]).await.expect(201).json;
    let theirs = format!("/api/v1/agencies/{ELSEWHERE}/manifests");
    assert_eq!(fixture.get(&there, &theirs).await.expect(200).json["manifests"], json!([]));
    for below in ["", "/pdf"] {
        let path = format!("{theirs}/{}{below}", text(&manifest["id"]));
        assert_eq!(fixture.get(&there, &path).await.expect(404).text("/code"), "manifest-not-found");
    }
    let nobodys = "00000000-0000-7000-8000-000000000000";
    let signature = json!({"carrier": "Đỗ Văn Thư", "parcels": [{"id": nobodys, "item_code": "EB0001"}]});
    let done = [
        (format!("manifests/{nobodys}/signature"), signature, "manifest-not-found"),
        (format!("manifests/{nobodys}/cancellation"), json!({}), "manifest-not-found"),
        (format!("parcels/{nobodys}/outcome"), json!({"outcome": "DELIVERED"}), "parcel-not-found"),
    ];
    for (below, body, code) in done {
        for (agency, code) in [(HERE, "agency-not-found"), (ELSEWHERE, code)] {
            let path = format!("/api/v1/agencies/{agency}/{below}");
            let refused = fixture.post(&there, &path).json(&body).send().await.expect(404);
            assert_eq!(refused.text("/code"), code, "{path}");
        }
    }
    for below in ["", &format!("/{nobodys}"), &format!("/{nobodys}/pdf")] {
        assert_eq!(
            fixture.get(&there, &format!("{MANIFESTS}{below}")).await.expect(404).text("/code"),
            "agency-not-found"
        );
    }
    let parcel = format!("/api/v1/agencies/{ELSEWHERE}/parcels/{}/outcome", text(&manifest["parcels"][0]["id"]));
    let unknown = fixture.post(&there, &parcel).json(&json!({"outcome": "DELIVERED"})).send().await.expect(404);
    assert_eq!(unknown.text("/code"), "parcel-not-found");
}

#[tokio::test]
async fn what_was_handed_over_another_way_meanwhile_is_named_and_left_out() {
    let fixture = Fixture::open().await;
    let (gone, other, receiver) = (by_post(&fixture).await, by_post(&fixture).await, fixture.receiver());
    let manifest = make(&fixture, &receiver, &[&gone, &other]).await.expect(201).json;
    let by_hand = json!({"way": "COUNTER", "returned_to": "Nguyễn Văn An"});
    let _ = fixture.act(&receiver, &format!("/api/v1/dossiers/{gone}"), "return", &by_hand).await.expect(200);
    let refused = sign(&fixture, &receiver, &manifest, &[(1, "EB0002"), (0, "EB0001")]).await.expect(400);
    assert_eq!(errors(&refused), [("/parcels/1/item_code".to_owned(), "handed-over-otherwise".to_owned())]);
    let signed = sign(&fixture, &receiver, &manifest, &[(1, "EB0002")]).await.expect(200).json;
    assert_eq!(states(&signed), ["LEFT_OUT", "SENT"]);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nobody_hands_her_own_result_over() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let id = ready(&fixture, &an, &wanted_by_post()).await;
    let own = fixture.installation.in_post(an.id, &[(HERE, OfficialRole::Receiver)]);
    let refused = make(&fixture, &own, &[&id]).await.expect(400);
    assert_eq!(errors(&refused), [("/parcels/0/dossier".to_owned(), "own-dossier".to_owned())]);
    let manifest = make(&fixture, &fixture.receiver(), &[&id]).await.expect(201).json;
    let refused = sign(&fixture, &own, &manifest, &[(0, "EB0001")]).await.expect(409);
    assert_eq!(refused.text("/code"), "own-dossier");
    let signed = sign(&fixture, &fixture.receiver(), &manifest, &[(0, "EB0001")]).await.expect(200).json;
    let path = format!("/api/v1/agencies/{HERE}/parcels/{}/outcome", text(&signed["parcels"][0]["id"]));
    let refused = fixture.post(&own, &path).json(&json!({"outcome": "CAME_BACK"})).send().await.expect(409);
    assert_eq!(refused.text("/code"), "own-dossier");
}
