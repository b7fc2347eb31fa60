//! Dossiers go from hand to hand as their process says: taken, given, handed on, sent back, signed.

use chrono::TimeDelta;
use civic::OfficialRole::{AgencyAdministrator, Approver, Processor, Receiver};
use diesel::sql_query;
use diesel_async::RunQueryDsl;
use serde_json::json;
use testkit::eventually;

use crate::{
    fixture::{BIRTH, COPY, Fixture, HERE, reason},
    process::{
        APPRAISAL, TWO_SIGNATURES, VERIFICATION, assign_post, done, hand_overs, open_with, part, received, refused,
        serve, stands,
    },
};

#[tokio::test]
async fn who_has_the_least_to_do_gets_it_and_hands_it_on() {
    let fixture = open_with(APPRAISAL).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let first = serve(&fixture, "Lê Văn Một", &[Processor, Approver]).await;
    let second = serve(&fixture, "Lê Văn Hai", &[Processor]).await;
    let mut holders = Vec::new();
    for _ in 0..4 {
        let dossier = received(&fixture, &receiver).await;
        let on = done(&fixture, &receiver, &dossier, "forwarding", json!({"note": "Đã đối chiếu bản gốc."})).await;
        assert_eq!((on["status"].as_str(), on["stage"]["code"].as_str()), (Some("PROCESSING"), Some("THAM_DINH")));
        holders.push(on["holder"]["id"].as_str().expect("an id").to_owned());
        fixture.installation.clock.advance(TimeDelta::minutes(1));
    }
    let of = |who: &testkit::TestCaller| holders.iter().filter(|id| **id == who.id.to_string()).count();
    assert_eq!((of(&first), of(&second)), (2, 2), "{holders:?}");
    assert_eq!(holders[0], holders[2], "of two with one each, who was given hers first: {holders:?}");
    assert_eq!((part(&fixture, &first, "MINE").await, part(&fixture, &second, "MINE").await), (2, 2));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_loop_an_escalation_and_a_way_back_end_with_the_signature_of_another() {
    let fixture = open_with(APPRAISAL).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let officer = serve(&fixture, "Lê Văn Một", &[Processor, Approver]).await;
    let leader = serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await;
    let signer = serve(&fixture, "Võ Thị Ký", &[Approver]).await;
    let dossier = received(&fixture, &receiver).await;
    let _ = done(&fixture, &receiver, &dossier, "forwarding", json!({})).await;
    let back = json!({"reason": "Thiếu bản đối chiếu giấy chứng sinh."});
    let at_reception = done(&fixture, &officer, &dossier, "sending-back", back).await;
    assert_eq!(stands(&at_reception), ("PROCESSING", Some("TIEP_NHAN"), Some("Trần Thị Tiếp")));
    let _ = done(&fixture, &receiver, &dossier, "forwarding", json!({})).await;
    let up = json!({"stage": "XIN_Y_KIEN_CAP_TREN", "note": "Vượt thẩm quyền."});
    let asked = done(&fixture, &officer, &dossier, "forwarding", up).await;
    assert_eq!(stands(&asked), ("PROCESSING", Some("XIN_Y_KIEN_CAP_TREN"), None));
    assert_eq!((part(&fixture, &leader, "NOBODYS").await, part(&fixture, &leader, "TO_SIGN").await), (1, 1));
    assert_eq!((part(&fixture, &receiver, "NOBODYS").await, part(&fixture, &receiver, "TO_SIGN").await), (0, 0));
    let taken = done(&fixture, &leader, &dossier, "taking", json!({})).await;
    assert_eq!(stands(&taken), ("PROCESSING", Some("XIN_Y_KIEN_CAP_TREN"), Some("Phạm Thị Duyệt")));
    let stopped = done(&fixture, &leader, &dossier, "suspension", reason()).await;
    assert_eq!(stopped["status"], "STOPPED");
    let _ = done(&fixture, &leader, &dossier, "resumption", json!({})).await;
    let none = fixture.act(&leader, &dossier, "forwarding", &json!({})).await;
    refused(&none, 400, "invalid", "two stages may follow");
    let to_sign = json!({"stage": "TRINH_KY", "official": officer.id});
    refused(
        &fixture.act(&leader, &dossier, "forwarding", &to_sign).await,
        409,
        "other-official-needed",
        "he appraised it",
    );
    let on = done(&fixture, &leader, &dossier, "forwarding", json!({"stage": "TRINH_KY"})).await;
    assert_eq!(stands(&on), ("PROCESSING", Some("TRINH_KY"), None));
    for who in [&officer, &leader] {
        refused(&fixture.act(who, &dossier, "taking", &json!({})).await, 409, "other-official-needed", "acted before");
    }
    let _ = fixture.issue(&signer, &dossier).await.expect(201);
    let signed = done(&fixture, &signer, &dossier, "completion", json!({})).await;
    assert_eq!(stands(&signed), ("COMPLETED", None, None));
    let view = fixture.get(&leader, &dossier).await.json;
    let kinds: Vec<_> = hand_overs(&view);
    assert_eq!(
        kinds,
        [
            "RECEIPT TIEP_NHAN Trần Thị Tiếp ON_TIME",
            "FORWARDING THAM_DINH Lê Văn Một BEFORE_TIME",
            "SENDING_BACK TIEP_NHAN Trần Thị Tiếp ON_TIME",
            "FORWARDING THAM_DINH Lê Văn Một BEFORE_TIME",
            "FORWARDING XIN_Y_KIEN_CAP_TREN - BEFORE_TIME",
            "TAKING XIN_Y_KIEN_CAP_TREN Phạm Thị Duyệt BEFORE_TIME",
            "FORWARDING TRINH_KY - BEFORE_TIME",
            "TAKING TRINH_KY Võ Thị Ký BEFORE_TIME",
        ]
    );
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_has_nothing_to_decide_passes_by_itself_and_interviews_are_held_by_another() {
    let fixture = open_with(VERIFICATION).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let [one, two] = [
        serve(&fixture, "Lê Văn Một", &[Processor, Approver]).await,
        serve(&fixture, "Lê Văn Hai", &[Processor]).await,
    ];
    let leader = serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await;
    let dossier = received(&fixture, &receiver).await;
    let view = fixture.get(&receiver, &dossier).await.json;
    assert_eq!(stands(&view), ("RECEIVED", Some("XAC_MINH"), None), "reception passes by itself");
    let taken = done(&fixture, &one, &dossier, "taking", json!({})).await;
    assert_eq!(stands(&taken), ("PROCESSING", Some("XAC_MINH"), Some("Lê Văn Một")));
    let _ = done(&fixture, &one, &dossier, "forwarding", json!({"stage": "PHONG_VAN"})).await;
    let own = fixture.act(&one, &dossier, "forwarding", &json!({"stage": "XAC_MINH"})).await;
    refused(&own, 409, "other-official-needed", "he verified it");
    let _ = done(&fixture, &two, &dossier, "forwarding", json!({"stage": "XAC_MINH"})).await;
    let _ = done(&fixture, &one, &dossier, "forwarding", json!({"stage": "DU_THAO", "official": one.id})).await;
    let _ = fixture.issue(&one, &dossier).await.expect(201);
    let on = done(&fixture, &one, &dossier, "forwarding", json!({})).await;
    assert_eq!(stands(&on), ("PROCESSING", Some("KY"), None), "the register is passed by itself");
    refused(&fixture.act(&one, &dossier, "completion", &json!({})).await, 409, "other-official-needed", "his draft");
    let _ = done(&fixture, &leader, &dossier, "completion", json!({})).await;
    let shown = fixture.get(&leader, &dossier).await.json;
    let passed: Vec<_> = hand_overs(&shown).into_iter().filter(|line| line.starts_with("PASSING")).collect();
    assert_eq!(passed, ["PASSING XAC_MINH - BEFORE_TIME", "PASSING KY - ON_TIME"]);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn two_signatures_are_those_of_two_and_the_first_may_be_enough() {
    let fixture = open_with(TWO_SIGNATURES).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let officer = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let leader = serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await;
    let other = serve(&fixture, "Võ Thị Ký", &[Approver]).await;
    let dossier = received(&fixture, &receiver).await;
    assert_eq!(stands(&fixture.get(&officer, &dossier).await.json), ("RECEIVED", Some("THU_LY"), Some("Lê Văn Một")));
    let _ = fixture.issue(&officer, &dossier).await.expect(201);
    let _ = done(&fixture, &officer, &dossier, "forwarding", json!({"stage": "DUYET", "official": leader.id})).await;
    assert_eq!((part(&fixture, &leader, "TO_SIGN").await, part(&fixture, &other, "TO_SIGN").await), (1, 0));
    let _ = done(&fixture, &leader, &dossier, "forwarding", json!({"stage": "DUYET_LAN_HAI"})).await;
    refused(&fixture.act(&leader, &dossier, "completion", &json!({})).await, 409, "other-official-needed", "her own");
    let back = json!({"stage": "THU_LY", "reason": "Sai ngày sinh trên bản dự thảo."});
    let again = done(&fixture, &other, &dossier, "sending-back", back).await;
    assert_eq!(stands(&again), ("PROCESSING", Some("THU_LY"), Some("Lê Văn Một")), "to who had it there");
    let _ = done(&fixture, &officer, &dossier, "forwarding", json!({"stage": "DUYET"})).await;
    assert_eq!(done(&fixture, &leader, &dossier, "completion", json!({})).await["status"], "COMPLETED");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_leader_gives_it_to_one_who_gives_it_back_with_a_reason_that_officials_read() {
    let fixture = open_with(TWO_SIGNATURES).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let keeper = serve(&fixture, "Đặng Văn Quản", &[AgencyAdministrator]).await;
    let dossier = received(&fixture, &receiver).await;
    let officer = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let other = serve(&fixture, "Lê Văn Hai", &[Processor]).await;
    let given =
        done(&fixture, &keeper, &dossier, "assignment", json!({"official": officer.id, "note": "Ưu tiên."})).await;
    assert_eq!(stands(&given), ("PROCESSING", Some("THU_LY"), Some("Lê Văn Một")));
    for (to, code) in [(officer.id, "has-it-already"), (receiver.id, "other-role")] {
        let wrong = fixture.act(&keeper, &dossier, "assignment", &json!({"official": to})).await.expect(400);
        assert_eq!(wrong.json["errors"][0]["code"], code);
    }
    let on = done(&fixture, &officer, &dossier, "assignment", json!({"official": other.id})).await;
    assert_eq!(on["holder"]["name"], "Lê Văn Hai", "who has it may give it");
    let why = "Hồ sơ thuộc lĩnh vực của đồng nghiệp khác.";
    let back = done(&fixture, &other, &dossier, "giving-back", json!({"reason": why})).await;
    assert_eq!(stands(&back), ("PROCESSING", Some("THU_LY"), None));
    assert_eq!(back["custody"][4]["note"], why);
    let free = format!("/api/v1/agencies/{HERE}/dossiers?holder=NOBODY&stage_role=PROCESSOR");
    let list = fixture.get(&keeper, &free).await.expect(200).json;
    assert_eq!((list["items"].as_array().map(Vec::len), &list["items"][0]["holder"]), (Some(1), &json!(null)));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_part_that_takes_longer_than_its_hours_ends_late() {
    let fixture = open_with(APPRAISAL).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let dossier = received(&fixture, &receiver).await;
    // Four working hours from 10:00, without those from 11:30 to 13:30: due at 16:00, and it is 16:01 then.
    assert_eq!(fixture.get(&receiver, &dossier).await.json["stage_due_at"], "2026-07-21T09:00:00Z");
    fixture.installation.clock.advance(TimeDelta::minutes(361));
    assert_eq!(hand_overs(&fixture.get(&receiver, &dossier).await.json), ["RECEIPT TIEP_NHAN Trần Thị Tiếp LATE"]);
    let _ = done(&fixture, &receiver, &dossier, "forwarding", json!({})).await;
    let view = fixture.get(&receiver, &dossier).await.json;
    assert_eq!(hand_overs(&view), ["RECEIPT TIEP_NHAN Trần Thị Tiếp LATE", "FORWARDING THAM_DINH - -"]);
}

#[tokio::test]
async fn an_applicant_reads_where_it_is_and_not_who_gave_it_to_whom() {
    let fixture = open_with(APPRAISAL).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&receiver, &dossier, "receipt", &json!({})).await.expect(200);
    let own = fixture.get(&an, &dossier).await.expect(200).json;
    assert_eq!(own["stage"]["name"]["vi"], "Tiếp nhận hồ sơ");
    assert_eq!((own["holder"]["name"].as_str(), &own["custody"]), (Some("Trần Thị Tiếp"), &json!([])));
}

#[tokio::test]
async fn what_the_version_before_received_is_read_as_where_receiving_leaves_it() {
    let fixture = open_with(VERIFICATION).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let officer = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let dossier = received(&fixture, &receiver).await;
    let mut database = fixture.installation.database("submissions").await;
    for before in [
        "delete from custody where seq > 1",
        "update custody set stage = null, kind = default, done_by = null",
        "update dossiers set stage = null, stage_role = null, holder = null, stage_due_at = null",
    ] {
        sql_query(before).execute(&mut database).await.expect("as before");
    }
    let view = fixture.get(&officer, &dossier).await.json;
    assert_eq!(stands(&view), ("RECEIVED", Some("XAC_MINH"), None));
    let taken = done(&fixture, &officer, &dossier, "taking", json!({})).await;
    assert_eq!(stands(&taken), ("PROCESSING", Some("XAC_MINH"), Some("Lê Văn Một")));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_the_version_before_received_is_found_in_lists_within_the_hour() {
    let fixture = open_with(VERIFICATION).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let officer = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let dossier = received(&fixture, &receiver).await;
    let mut database = fixture.installation.database("submissions").await;
    for before in [
        "delete from custody where seq > 1",
        "update custody set stage = null, kind = default",
        "update dossiers set stage = null, stage_role = null, holder = null, stage_due_at = null",
    ] {
        sql_query(before).execute(&mut database).await.expect("as before");
    }
    assert_eq!(part(&fixture, &officer, "NOBODYS").await, 0);
    fixture.installation.clock.advance(TimeDelta::hours(1));
    let list = format!("/api/v1/agencies/{HERE}/dossiers?work=NOBODYS");
    let found = async || fixture.get(&officer, &list).await.json["items"].as_array().map_or(0, Vec::len);
    eventually(async || (found().await == 1).then_some(())).await;
    assert_eq!(stands(&fixture.get(&officer, &dossier).await.json), ("RECEIVED", Some("XAC_MINH"), None));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn who_has_left_is_given_nothing_and_keeps_her_name() {
    let fixture = open_with(TWO_SIGNATURES).await;
    let receiver = serve(&fixture, "Trần Thị Tiếp", &[Receiver]).await;
    let officer = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let dossier = received(&fixture, &receiver).await;
    assign_post(&fixture, &officer, "Lê Văn Một", &[]).await;
    let view = fixture.get(&receiver, &dossier).await.json;
    assert_eq!(stands(&view), ("RECEIVED", Some("THU_LY"), Some("Lê Văn Một")));
    let other = received(&fixture, &receiver).await;
    assert_eq!(stands(&fixture.get(&receiver, &other).await.json), ("RECEIVED", Some("THU_LY"), None));
    let officials = fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/officials")).await.expect(200).json;
    assert_eq!(officials["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&officials["items"][0]["name"], &officials["items"][0]["dossiers"]),
        (&json!("Trần Thị Tiếp"), &json!(0))
    );
}

#[tokio::test]
async fn without_stages_nothing_goes_from_hand_to_hand() {
    let fixture = Fixture::open().await;
    let dossier = fixture.received(&fixture.an()).await;
    let leader = fixture.approver();
    for (action, body) in [
        ("taking", json!({})),
        ("giving-back", reason()),
        ("assignment", json!({"official": leader.id})),
        ("forwarding", json!({})),
        ("sending-back", reason()),
    ] {
        refused(&fixture.act(&leader, &dossier, action, &body).await, 409, "no-stages", action);
    }
    let (unreceived, _) = fixture.filed(&fixture.an(), COPY).await;
    for (action, body) in [
        ("taking", json!({})),
        ("giving-back", reason()),
        ("assignment", json!({"official": leader.id})),
        ("forwarding", json!({})),
        ("sending-back", reason()),
    ] {
        refused(&fixture.act(&leader, &unreceived, action, &body).await, 409, "status-does-not-allow", action);
        refused(&fixture.act(&fixture.an(), &unreceived, action, &body).await, 403, "forbidden", action);
        let unknown = format!("/api/v1/dossiers/{}", uuid::Uuid::nil());
        refused(&fixture.act(&leader, &unknown, action, &body).await, 404, "dossier-not-found", action);
    }
}
