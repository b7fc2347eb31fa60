//! `GET /api/v1/agencies/{agency}/register`, `GET /api/v1/agencies/{agency}/register/{part}`

use chrono::TimeDelta;
use serde_json::json;
use testkit::{TestCaller, TestResponse};

use crate::{
    fixture::{BIRTH, ELSEWHERE, Fixture, HERE, RESIDENCE},
    intake::{handed_in, take_in},
    pdf::Printed,
};

async fn register(fixture: &Fixture, who: &TestCaller, agency: &str, part: &str, days: [&str; 2]) -> TestResponse {
    let [from, until] = days;
    fixture.get(who, &format!("/api/v1/agencies/{agency}/register{part}?from={from}&until={until}")).await
}

const JULY: [&str; 2] = ["2026-07-01", "2026-07-31"];

#[tokio::test]
async fn the_register_has_a_line_for_each_dossier_of_the_days_by_its_code() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let _ = fixture.received(&an).await;
    fixture.installation.clock.advance(TimeDelta::days(1));
    let _ = fixture.filed(&an, BIRTH).await;
    let length = register(&fixture, &receiver, HERE, "", JULY).await.expect(200);
    assert_eq!((&length.json["dossiers"], &length.json["parts"]), (&json!(2), &json!(1)));
    let answer = register(&fixture, &receiver, HERE, "/1", JULY).await.expect(200);
    let name = "attachment; filename=\"07-H44.100-2026-07-01-2026-07-31-1.pdf\"";
    assert_eq!(answer.header("content-disposition"), Some(name));
    let text = Printed::read(&answer.bytes).text();
    for said in [
        "SỔ THEO DÕI HỒ SƠ Từ ngày 01/07/2026 đến ngày 31/07/2026",
        "1 H44.100-260721-0001 Đăng ký khai sinh",
        "Giấy chứng sinh",
        "Nguyễn Văn An",
        "Được tiếp nhận",
        "2 H44.100-260722-0001 Đăng ký khai sinh",
        "Mới đăng ký",
        "Cộng: 2 hồ sơ.",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    let one_day = register(&fixture, &receiver, HERE, "", ["2026-07-22", "2026-07-22"]).await.expect(200);
    assert_eq!(one_day.json["dossiers"], 1);
    assert_eq!(fixture.count("audit_log where detail ->> 'shown' = 'register'").await, 1);
}

#[tokio::test]
async fn the_register_counts_by_which_door_dossiers_came_and_how_their_results_went() {
    let fixture = Fixture::open().await;
    let (an, receiver, approver) = (fixture.an(), fixture.receiver(), fixture.approver());
    let _ = fixture.filed(&an, BIRTH).await;
    for channel in ["DIRECT", "POST", "POST"] {
        let _ = take_in(&fixture, &receiver, HERE, &handed_in(RESIDENCE, channel)).await.expect(201);
    }
    let returned = fixture.received(&an).await;
    let _ = fixture.issue(&approver, &returned).await.expect(201);
    let _ = fixture.act(&approver, &returned, "completion", &json!({})).await.expect(200);
    let by_post = json!({"way": "POST", "returned_to": "EB123456789VN"});
    let _ = fixture.act(&receiver, &returned, "return", &by_post).await.expect(200);
    let counted = register(&fixture, &receiver, HERE, "", JULY).await.expect(200).json;
    let doors = json!([
        {"channel": "ONLINE", "helped": false, "dossiers": 2},
        {"channel": "ONLINE", "helped": true, "dossiers": 0},
        {"channel": "DIRECT", "helped": false, "dossiers": 1},
        {"channel": "POST", "helped": false, "dossiers": 2},
    ]);
    assert_eq!(counted["doors"], doors);
    let returns = json!([
        {"way": "COUNTER", "dossiers": 0}, {"way": "POST", "dossiers": 1}, {"way": "DIGITAL", "dossiers": 0},
    ]);
    assert_eq!(counted["returns"], returns);
    let before = register(&fixture, &receiver, HERE, "", ["2026-07-01", "2026-07-20"]).await.expect(200).json;
    let none = |of: &str| before[of].as_array().into_iter().flatten().all(|it| it["dossiers"] == 0);
    assert_eq!((&before["dossiers"], none("doors"), none("returns")), (&json!(0), true, true));
}

#[tokio::test]
async fn the_register_says_by_which_door_each_came() {
    let fixture = Fixture::open().await;
    let receiver = fixture.receiver();
    for channel in ["DIRECT", "POST", "ONLINE"] {
        let _ = take_in(&fixture, &receiver, HERE, &handed_in(RESIDENCE, channel)).await.expect(201);
    }
    let answer = register(&fixture, &receiver, HERE, "/1", JULY).await.expect(200);
    let text = Printed::read(&answer.bytes).text();
    for said in ["Trực tiếp", "Bưu chính", "Trực tuyến"] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
}

#[tokio::test]
async fn what_is_no_period_no_part_or_not_ones_own_is_refused() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let _ = fixture.filed(&an, BIRTH).await;
    for days in [["2026-07-31", "2026-07-01"], ["2026-01-01", "2027-01-02"]] {
        for part in ["", "/1"] {
            let answer = register(&fixture, &receiver, HERE, part, days).await.expect(400);
            assert_eq!(answer.json["errors"][0]["pointer"], "until");
        }
    }
    for (part, days) in [("/2", JULY), ("/1", ["2026-08-01", "2026-08-31"])] {
        let answer = register(&fixture, &receiver, HERE, part, days).await.expect(404);
        assert_eq!(answer.json["code"], "register-part-not-found");
    }
    for part in ["", "/1"] {
        let answer = register(&fixture, &receiver, ELSEWHERE, part, JULY).await.expect(404);
        assert_eq!(answer.json["code"], "agency-not-found");
        let _ = register(&fixture, &an, HERE, part, JULY).await.expect(403);
    }
}
