//! While an official is away her deputy sees and does what she has, until midnight.

use chrono::TimeDelta;
use civic::OfficialRole::{AgencyAdministrator, Approver, Processor, Receiver};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::{
    fixture::{ELSEWHERE, Fixture, HERE},
    process::{TWO_SIGNATURES, VERIFICATION, done, open_with, part, received, refused, serve, stands},
};

async fn note(fixture: &Fixture, who: &TestCaller, leave: &Value) -> TestResponse {
    fixture.post(who, &format!("/api/v1/agencies/{HERE}/leaves")).json(leave).send().await
}

fn leave(deputy: &TestCaller, first: &str, last: &str) -> Value {
    json!({"deputy": deputy.id, "first_day": first, "last_day": last})
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[tokio::test]
async fn a_deputy_has_what_the_absent_one_has_until_the_last_midnight() {
    let fixture = open_with(TWO_SIGNATURES).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let absent = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let hers = received(&fixture, &receiver).await;
    let deputy = serve(&fixture, "Lê Văn Hai", &[Processor]).await;
    let leader = serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await;
    assert_eq!(stands(&fixture.get(&absent, &hers).await.json).2, Some("Lê Văn Một"));
    refused(
        &fixture.act(&deputy, &hers, "giving-back", &json!({"reason": "Không phải của tôi."})).await,
        409,
        "dossier-held",
        "",
    );
    // It is Tuesday 21 July; she is away from tomorrow until Thursday.
    let noted = note(&fixture, &absent, &leave(&deputy, "2026-07-22", "2026-07-23")).await.expect(201);
    assert_eq!((&noted.json["deputy"]["name"], &noted.json["holds"]), (&json!("Lê Văn Hai"), &json!(false)));
    assert_eq!((part(&fixture, &deputy, "MINE").await, part(&fixture, &absent, "MINE").await), (0, 1));
    // 16:59:59 UTC is a second to midnight in Vietnam.
    fixture.installation.clock.advance(TimeDelta::seconds(13 * 3600 + 59 * 60 + 59));
    assert_eq!(part(&fixture, &deputy, "MINE").await, 0);
    fixture.installation.clock.advance(TimeDelta::seconds(1));
    assert_eq!(part(&fixture, &deputy, "MINE").await, 1, "from midnight on");
    let given = json!({"official": absent.id});
    let other = received(&fixture, &receiver).await;
    assert_eq!(
        stands(&fixture.get(&leader, &other).await.json).2,
        Some("Lê Văn Hai"),
        "by load nothing goes to who is away"
    );
    let third = received(&fixture, &receiver).await;
    let _ = done(&fixture, &deputy, &third, "giving-back", json!({"reason": "Đang quá nhiều hồ sơ."})).await;
    let meant = done(&fixture, &leader, &third, "assignment", given.clone()).await;
    assert_eq!(stands(&meant).2, Some("Lê Văn Hai"), "what is given to her");
    let last = meant["custody"].as_array().expect("hand-overs").last().expect("one");
    assert_eq!(last["on_behalf_of"]["name"], "Lê Văn Một");
    let on = done(&fixture, &deputy, &hers, "forwarding", json!({"stage": "DUYET"})).await;
    let last = on["custody"].as_array().expect("hand-overs").last().expect("one");
    assert_eq!((&last["from"]["name"], &last["done_by"]["name"]), (&json!("Lê Văn Một"), &json!("Lê Văn Hai")));
    let audited = "select detail ->> 'on_behalf_of' as line from audit_log where action = 'dossier.forwarded'";
    let lines: Vec<Line> =
        sql_query(audited).load(&mut fixture.installation.database("submissions").await).await.expect("rows");
    assert_eq!(lines[0].line, absent.id.to_string());
    // Until the midnight that ends Thursday.
    let back = done(&fixture, &leader, &hers, "sending-back", json!({"reason": "Sai ngày sinh của cháu bé."})).await;
    assert_eq!(stands(&back).2, Some("Lê Văn Hai"), "to who stands in for who had it");
    fixture.installation.clock.advance(TimeDelta::seconds(2 * 86400 - 1));
    let mine = part(&fixture, &deputy, "MINE").await;
    fixture.installation.clock.advance(TimeDelta::seconds(1));
    let _ = done(&fixture, &deputy, &third, "assignment", given).await;
    assert_eq!(stands(&fixture.get(&leader, &third).await.json).2, Some("Lê Văn Một"), "she is back");
    assert_eq!((part(&fixture, &deputy, "MINE").await, part(&fixture, &absent, "MINE").await), (mine - 1, 1));
    refused(
        &fixture.act(&deputy, &third, "forwarding", &json!({"stage": "DUYET"})).await,
        409,
        "dossier-held",
        "it is over",
    );
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_a_deputy_did_counts_where_the_process_wants_somebody_else() {
    let fixture = open_with(VERIFICATION).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let absent = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let deputy = serve(&fixture, "Lê Văn Hai", &[Processor, Approver]).await;
    let leader = serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await;
    let dossier = received(&fixture, &receiver).await;
    let _ = done(&fixture, &absent, &dossier, "taking", json!({})).await;
    let _ = done(&fixture, &absent, &dossier, "forwarding", json!({"stage": "DU_THAO", "official": absent.id})).await;
    let leave = note(&fixture, &absent, &leave(&deputy, "2026-07-21", "2026-07-21")).await.expect(201);
    let _ = fixture.issue(&deputy, &dossier).await.expect(201);
    let over = leave.header("location").expect("where it is taken back");
    let _ = absent.call("submissions", Method::DELETE, over).send().await.expect(204);
    let on = done(&fixture, &absent, &dossier, "forwarding", json!({})).await;
    assert_eq!(stands(&on), ("PROCESSING", Some("KY"), None));
    let own = fixture.act(&deputy, &dossier, "completion", &json!({})).await;
    refused(&own, 409, "other-official-needed", "the draft is hers");
    let _ = done(&fixture, &leader, &dossier, "completion", json!({})).await;
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_leave_is_noted_by_herself_or_by_who_keeps_the_settings_and_taken_back() {
    let fixture = open_with(TWO_SIGNATURES).await;
    let [one, two] =
        [serve(&fixture, "Lê Văn Một", &[Processor]).await, serve(&fixture, "Lê Văn Hai", &[Processor]).await];
    let keeper = serve(&fixture, "Đặng Văn Quản", &[AgencyAdministrator]).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let mut of_one = leave(&two, "2026-07-22", "2026-07-23");
    of_one["official"] = json!(one.id);
    refused(&note(&fixture, &two, &of_one).await, 403, "role-missing", "a colleague");
    let id = note(&fixture, &keeper, &of_one).await.expect(201).text("/id").to_owned();
    let again = note(&fixture, &one, &of_one).await.expect(400);
    assert_eq!(again.json["errors"][0]["code"], "away-already");
    let wrong = note(&fixture, &two, &leave(&receiver, "2026-07-21", "2026-07-20")).await.expect(400);
    let codes: Vec<_> = wrong.json["errors"].as_array().expect("errors").iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["before-first-day", "other-role"], "all at once");
    let list = format!("/api/v1/agencies/{HERE}/leaves");
    assert_eq!(fixture.get(&receiver, &list).await.expect(200).json["items"].as_array().map(Vec::len), Some(1));
    let path = format!("{list}/{id}");
    let end = async |who: &TestCaller, path: &str| who.call("submissions", Method::DELETE, path).send().await;
    refused(&end(&two, &path).await, 403, "role-missing", "a colleague");
    let _ = end(&one, &path).await.expect(204);
    let _ = end(&one, &path).await.expect(204);
    assert_eq!(fixture.get(&receiver, &list).await.expect(200).json["items"], json!([]));
    let (an, there) = (fixture.an(), format!("/api/v1/agencies/{ELSEWHERE}"));
    for path in [format!("/api/v1/agencies/{HERE}/officials"), list.clone()] {
        refused(&fixture.get(&an, &path).await, 403, "forbidden", &path);
    }
    for path in [format!("{there}/officials"), format!("{there}/leaves")] {
        refused(&fixture.get(&one, &path).await, 404, "agency-not-found", &path);
    }
    refused(&note(&fixture, &an, &of_one).await, 403, "forbidden", "an applicant");
    let elsewhere = fixture.post(&one, &format!("{there}/leaves")).json(&of_one).send().await;
    refused(&elsewhere, 404, "agency-not-found", "not here");
    let unknown = format!("leaves/{}", Uuid::nil());
    refused(&end(&an, &format!("{list}/x").replace("leaves/x", &unknown)).await, 403, "forbidden", "an applicant");
    refused(&end(&one, &format!("{there}/{unknown}")).await, 404, "agency-not-found", "not here");
}

/// Forwards, from the page of that version.
async fn forward(fixture: &Fixture, who: &TestCaller, dossier: &str, version: &str) -> u16 {
    let call = fixture.post(who, &format!("{dossier}/forwarding")).header("if-match", version);
    call.json(&json!({"stage": "DUYET"})).send().await.status
}

#[tokio::test]
async fn around_midnight_exactly_one_of_deputy_and_absent_acts_and_nothing_is_left_to_nobody() {
    let fixture = open_with(TWO_SIGNATURES).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let absent = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let [before, at, after] =
        [received(&fixture, &receiver).await, received(&fixture, &receiver).await, received(&fixture, &receiver).await];
    let deputy = serve(&fixture, "Lê Văn Hai", &[Processor]).await;
    let _ = note(&fixture, &absent, &leave(&deputy, "2026-07-21", "2026-07-21")).await.expect(201);
    // A second to the midnight that ends it: each has the page open.
    fixture.installation.clock.advance(TimeDelta::seconds(13 * 3600 + 59 * 60 + 59));
    let version = fixture.get(&deputy, &before).await.expect(200).header("etag").expect("a version").to_owned();
    let both =
        tokio::join!(forward(&fixture, &deputy, &before, &version), forward(&fixture, &absent, &before, &version));
    let mut both = [both.0, both.1];
    both.sort_unstable();
    assert!(both[0] == 200 && matches!(both[1], 409 | 412), "{both:?}");
    fixture.installation.clock.advance(TimeDelta::seconds(1));
    let both = tokio::join!(forward(&fixture, &deputy, &at, &version), forward(&fixture, &absent, &at, &version));
    assert!(matches!(both, (409 | 412, 200)), "from midnight on it is hers alone again: {both:?}");
    // What the deputy did in the last second stays done; what she had not begun is the absent one's.
    assert_eq!(forward(&fixture, &deputy, &after, &version).await, 409);
    assert_eq!(stands(&fixture.get(&absent, &after).await.json).2, Some("Lê Văn Một"));
    let leader = serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await;
    for dossier in [&before, &at] {
        let seen = fixture.get(&leader, dossier).await.json;
        assert_eq!(stands(&seen).1, Some("DUYET"), "{dossier}");
        let handed = seen["custody"].as_array().expect("hand-overs").iter();
        assert_eq!(handed.filter(|it| it["kind"] == "FORWARDING").count(), 1, "once");
        let _ = done(&fixture, &leader, dossier, "taking", json!({})).await;
    }
    fixture.assert_sound().await;
}
