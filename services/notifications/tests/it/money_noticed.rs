//! Money of an agency waits: whoever can do something about it is told, with the way there.

use civic::{
    OfficialRole, Vnd,
    events::{MoneyNotice, MoneyNoticed},
};
use uuid::Uuid;

use crate::fixture::{BINH, CODE, Fixture, agency, text, time};

fn noticed(notice: MoneyNotice, by: Uuid) -> MoneyNoticed {
    MoneyNoticed {
        subject_id: Uuid::nil(),
        agency: agency(),
        code: (notice != MoneyNotice::ShiftOpen).then(|| CODE.parse().expect("a code")),
        notice,
        amount: Vnd::new(24_000).expect("an amount"),
        official_id: Some(by),
        happened_at: time("2026-07-21T03:00:00Z"),
    }
}

#[tokio::test]
async fn each_notice_goes_once_to_whoever_holds_a_role_that_can_act_with_the_way_there() {
    let fixture = Fixture::start().await;
    let roles = vec![OfficialRole::Cashier, OfficialRole::Approver, OfficialRole::AgencyAdministrator];
    fixture.assign(fixture.binh.id, roles).await;
    let refund = format!("/work/H44.100/refunds/{}", Uuid::nil());
    let cases = [
        (MoneyNotice::RefundAsked, format!("Chờ duyệt hoàn trả 24.000 ₫ - hồ sơ {CODE}"), refund.as_str()),
        (
            MoneyNotice::OwedBack,
            format!("Có khoản 24.000 ₫ có thể phải hoàn trả - hồ sơ {CODE}"),
            "/work/H44.100/money",
        ),
        (MoneyNotice::WaiverAsked, format!("Chờ duyệt miễn, giảm 24.000 ₫ - hồ sơ {CODE}"), "/work/H44.100/waivers/"),
        (MoneyNotice::ShiftOpen, "Ca thu tiền chưa đóng".to_owned(), "/work/H44.100/shifts/"),
    ];
    assert_eq!(cases.len(), MoneyNotice::ALL.len());
    for (count, (notice, subject, page)) in (1..).zip(cases) {
        fixture.installation.publish("payments", &noticed(notice, fixture.an.id)).await;
        let mails = fixture.mails(BINH, count).await;
        let mail = mails.iter().find(|mail| mail["subject"] == subject).expect("a mail");
        assert!(text(mail).contains(&format!("https://motcua.localhost{page}")), "{}", text(mail));
    }
}

#[tokio::test]
async fn who_asked_for_a_refund_or_a_waiver_is_not_told_to_approve_it_and_others_are_not_told_at_all() {
    let fixture = Fixture::start().await;
    fixture.assign(fixture.binh.id, vec![OfficialRole::Approver]).await;
    fixture.installation.publish("payments", &noticed(MoneyNotice::RefundAsked, fixture.binh.id)).await;
    fixture.installation.publish("payments", &noticed(MoneyNotice::WaiverAsked, fixture.binh.id)).await;
    fixture.installation.publish("payments", &noticed(MoneyNotice::OwedBack, fixture.an.id)).await;
    fixture.installation.publish("payments", &noticed(MoneyNotice::RefundAsked, fixture.an.id)).await;
    let mails = fixture.mails(BINH, 1).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
}
