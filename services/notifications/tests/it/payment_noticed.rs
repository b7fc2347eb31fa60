//! Something happened to money: its payer reads what, and what to do about it, in her language.

use civic::{
    Language, Vnd,
    events::{PaymentNotice, PaymentNoticed},
};
use uuid::Uuid;

use crate::fixture::{AN, CODE, Fixture, agency, text, time};

fn noticed(fixture: &Fixture, notice: PaymentNotice) -> PaymentNoticed {
    PaymentNoticed {
        order_id: Uuid::new_v4(),
        dossier_id: Uuid::nil(),
        code: CODE.parse().expect("a code"),
        agency: agency(),
        payer: fixture.an.party(),
        notice,
        amount: (notice != PaymentNotice::UnderReview).then(|| Vnd::new(24_000).expect("an amount")),
        happened_at: time("2026-07-21T03:00:00Z"),
    }
}

#[tokio::test]
async fn whoever_paid_is_told_in_every_case() {
    let fixture = Fixture::start().await;
    let cases = [
        (PaymentNotice::PaidTwice, "ông/bà đã nộp tiền hai lần", "24.000 ₫ vừa nộp thêm là tiền của ông/bà"),
        (PaymentNotice::NotDueAnyMore, "khoản đã nộp sẽ được hoàn trả", "24.000 ₫ đến khi hồ sơ không còn phải nộp"),
        (PaymentNotice::UnderReview, "đang kiểm tra khoản tiền đã nộp", "xin đừng nộp lại"),
        (PaymentNotice::Refunded, "đã hoàn trả tiền", "đã hoàn trả 24.000 ₫ cho ông/bà"),
        (PaymentNotice::Receipt, "có biên lai mới", "khoản 24.000 ₫ ông/bà đã nộp được thay bằng biên lai mới"),
        (PaymentNotice::TakenBack, "đã trả lại tiền thu nhầm", "đã trả lại 24.000 ₫ thu nhầm tại quầy"),
        (PaymentNotice::Waived, "đã miễn, giảm phí, lệ phí", "đã miễn, giảm 24.000 ₫ phí, lệ phí"),
        (PaymentNotice::PartPaid, "đã nhận một phần, còn phải nộp 24.000 ₫", "còn phải nộp 24.000 ₫"),
        (PaymentNotice::MoreThanLeft, "khoản nộp thừa sẽ được hoàn trả", "24.000 ₫ vừa nộp nhiều hơn số còn phải nộp"),
    ];
    assert_eq!(cases.len(), PaymentNotice::ALL.len());
    for (count, (notice, subject, said)) in (1..).zip(cases) {
        fixture.installation.publish("payments", &noticed(&fixture, notice)).await;
        let mails = fixture.mails(AN, count).await;
        let subject = format!("Hồ sơ {CODE}: {subject}");
        let mail = mails.iter().find(|mail| mail["subject"] == subject).expect("a mail");
        assert!(text(mail).contains(said), "{}", text(mail));
    }
    fixture.register(fixture.an.id, Language::En).await;
    fixture.installation.publish("payments", &noticed(&fixture, PaymentNotice::PaidTwice)).await;
    let mails = fixture.mails(AN, cases.len() + 1).await;
    let subject = format!("Application {CODE}: you paid twice");
    assert!(mails.iter().any(|mail| mail["subject"] == subject), "{mails:?}");
}
