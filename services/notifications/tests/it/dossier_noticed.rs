//! Something happened to a dossier: its applicant is told what and why, and what to do about it.

use civic::{
    LocalText, OfficialRole, Vnd,
    events::{DossierFeePaid, DossierNotice, DossierNoticed, FeeLine, OfficialAssigned, PaperAskedFor},
};
use uuid::Uuid;

use crate::fixture::{AN, AN_PHONE, BINH, CODE, Fixture, text};

fn papers() -> Vec<PaperAskedFor> {
    vec![PaperAskedFor {
        name: LocalText::new("Giấy chứng sinh", "Birth notice"),
        reason: "Ảnh mờ.".into(),
        guidance: "Chụp lại cả tờ giấy.".into(),
    }]
}

#[tokio::test]
async fn who_is_asked_for_papers_reads_each_with_its_reason_and_what_to_do_until_when() {
    let fixture = Fixture::start().await;
    let answer_by = Some("2026-08-11T10:00:00Z".parse().expect("a moment"));
    let asked = DossierNoticed { papers: papers(), answer_by, ..fixture.noticed(DossierNotice::SupplementRequested) };
    fixture.installation.publish("submissions", &asked).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} cần bổ sung giấy tờ"));
    let text = text(mail);
    for said in [
        "Xin gửi trước 17:00 11/08/2026.",
        "1. Giấy chứng sinh",
        "Lý do: Ảnh mờ.",
        "Cách bổ sung: Chụp lại cả tờ giấy.",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let sms = fixture.sms(AN_PHONE, 1).await;
    let sms = sms[0]["content"].as_str().expect("text");
    assert!(sms.starts_with("Ho so H44.100-260721-0001 can bo sung giay to truoc 17:00 11/08/2026."), "{sms}");
    assert_eq!(fixture.settled(2).await, ["dossier_notice SENT", "dossier_notice_sms SENT"]);
}

#[tokio::test]
async fn a_refusal_and_a_stop_say_why_or_that_nothing_came_in_time() {
    let fixture = Fixture::start().await;
    let reason = Some("Không thuộc thẩm quyền giải quyết.".to_owned());
    let refused = DossierNoticed { reason, ..fixture.noticed(DossierNotice::NotReceived) };
    fixture.installation.publish("submissions", &refused).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} không được tiếp nhận"));
    assert!(text(mail).contains("Lý do: Không thuộc thẩm quyền giải quyết."), "{}", text(mail));
    let answer_by = Some("2026-08-11T10:00:00Z".parse().expect("a moment"));
    let stopped = DossierNoticed { answer_by, ..fixture.noticed(DossierNotice::Stopped) };
    fixture.installation.publish("submissions", &stopped).await;
    let mail = &fixture.mails(AN, 2).await[0];
    assert!(text(mail).contains("vì đến 17:00 11/08/2026 vẫn chưa có giấy tờ bổ sung"), "{}", text(mail));
}

#[tokio::test]
async fn when_the_papers_have_come_those_who_receive_are_told_too() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.noticed(DossierNotice::SupplementAnswered)).await;
    assert_eq!(fixture.mails(AN, 1).await[0]["subject"], format!("Đã nhận giấy tờ bổ sung của hồ sơ {CODE}"));
    assert_eq!(fixture.mails(BINH, 1).await[0]["subject"], format!("Hồ sơ {CODE} đã được bổ sung giấy tờ"));
}

#[tokio::test]
async fn when_the_papers_have_come_who_asked_for_them_is_told_once() {
    let fixture = Fixture::start().await;
    let chi = Uuid::new_v4();
    let assigned = OfficialAssigned {
        official_id: chi,
        name: "Nguyễn Thị Chi".parse().expect("a name"),
        email: "chi@phutho.example.vn".parse().expect("an address"),
        phone: Some("0987654322".parse().expect("a phone")),
        agency: "H44.100".parse().expect("a code"),
        roles: vec![OfficialRole::Processor],
        citizen_number: None,
    };
    fixture.installation.publish("accounts", &assigned).await;
    fixture.wait_for(&format!("select count(*) as count from official_posts where official_id = '{chi}'"), 1).await;
    // Who receives is told once, though she waits for them as well; who is not known any more is not.
    let officials = vec![chi, fixture.binh.id, Uuid::new_v4()];
    let answered = DossierNoticed { officials, ..fixture.noticed(DossierNotice::SupplementAnswered) };
    fixture.installation.publish("submissions", &answered).await;
    let subject = format!("Hồ sơ {CODE} đã được bổ sung giấy tờ");
    assert_eq!(fixture.mails("chi@phutho.example.vn", 1).await[0]["subject"], subject);
    assert_eq!(fixture.mails(BINH, 1).await[0]["subject"], subject);
    let _ = fixture.sms("0987654322", 1).await;
    assert_eq!(fixture.settled(5).await.len(), 5, "the applicant by mail, two officials by mail and SMS");
}

#[tokio::test]
async fn a_withdrawal_and_a_resumption_are_told_by_mail_alone() {
    let fixture = Fixture::start().await;
    let due_at = Some("2026-12-08T04:00:00Z".parse().expect("a moment"));
    let resumed = DossierNoticed { due_at, ..fixture.noticed(DossierNotice::Resumed) };
    fixture.installation.publish("submissions", &resumed).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert!(text(mail).contains("Hẹn trả kết quả: 11:00 08/12/2026"), "{}", text(mail));
    fixture.installation.publish("submissions", &fixture.noticed(DossierNotice::Withdrawn)).await;
    assert_eq!(fixture.mails(AN, 2).await[0]["subject"], format!("Hồ sơ {CODE} đã được rút"));
    fixture.installation.publish("submissions", &fixture.noticed(DossierNotice::Processing)).await;
    assert_eq!(fixture.mails(AN, 3).await[0]["subject"], format!("Hồ sơ {CODE} đang được xử lý"));
    assert_eq!(fixture.settled(3).await, ["dossier_notice SENT", "dossier_notice SENT", "dossier_notice SENT"]);
}

#[tokio::test]
async fn a_further_fee_is_told_line_by_line_with_its_basis_and_its_payment_alerts_nobody() {
    let fixture = Fixture::start().await;
    let dong = |dong| Vnd::new(dong).expect("an amount");
    let line = FeeLine {
        name: LocalText::new("Phí thẩm định", "Phí thẩm định"),
        quantity: 1,
        unit_amount: dong(150_000),
        amount: dong(150_000),
        legal_basis: Some("Thông tư 85/2019/TT-BTC".into()),
    };
    let (fee_lines, fee_total) = (vec![line], Some(dong(150_000)));
    let due = DossierNoticed { fee_lines, fee_total, ..fixture.noticed(DossierNotice::ChargeDue) };
    fixture.installation.publish("submissions", &due).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} cần nộp thêm phí, lệ phí"));
    assert!(text(mail).contains("1. Phí thẩm định: 150.000 ₫ (Thông tư 85/2019/TT-BTC)"), "{}", text(mail));
    let sms = fixture.sms(AN_PHONE, 1).await;
    let sms = sms[0]["content"].as_str().expect("text");
    assert!(sms.starts_with("Ho so H44.100-260721-0001 can nop them 150.000"), "{sms}");
    let paid = DossierFeePaid { while_processing: true, ..fixture.fee_paid() };
    fixture.installation.publish("submissions", &paid).await;
    let settled = fixture.settled(3).await;
    assert_eq!(settled, ["dossier_notice SENT", "dossier_notice_sms SENT", "fee_paid SENT"]);
}

#[tokio::test]
async fn more_time_is_told_with_an_apology_and_both_dates() {
    let fixture = Fixture::start().await;
    let at = |text: &str| Some(text.parse().expect("a moment"));
    let (due_before, due_at) = (at("2026-07-24T10:00:00Z"), at("2026-07-28T10:00:00Z"));
    let reason = Some("Phải xác minh thêm.".to_owned());
    let told = DossierNoticed { due_before, due_at, reason, ..fixture.noticed(DossierNotice::Extended) };
    fixture.installation.publish("submissions", &told).await;
    let mail = &fixture.mails(AN, 1).await[0];
    let mail = text(mail);
    for said in ["xin lỗi", "chuyển từ 17:00 24/07/2026 sang 17:00 28/07/2026", "Lý do: Phải xác minh thêm."]
    {
        assert!(mail.contains(said), "{said}: {mail}");
    }
}

#[tokio::test]
async fn another_due_date_is_told_with_the_one_before_and_why() {
    let fixture = Fixture::start().await;
    let at = |text: &str| Some(text.parse().expect("a moment"));
    let (due_before, due_at) = (at("2026-07-30T10:00:00Z"), at("2026-07-31T10:00:00Z"));
    let reason = Some("Nghỉ do bão số 5".to_owned());
    let moved = DossierNoticed { due_before, due_at, reason, ..fixture.noticed(DossierNotice::DueMoved) };
    fixture.installation.publish("submissions", &moved).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Ngày hẹn của hồ sơ {CODE} thay đổi"));
    let said = text(mail);
    assert!(said.contains("từ 17:00 30/07/2026 sang 17:00 31/07/2026") && said.contains("Nghỉ do bão số 5"), "{said}");
    assert_eq!(fixture.settled(1).await, ["dossier_notice SENT"]);
}

#[tokio::test]
async fn a_draft_is_answered_by_a_day_and_who_sent_it_hears_what_its_applicant_says() {
    let fixture = Fixture::start().await;
    let answer_by = Some("2026-07-23T10:00:00Z".parse().expect("a moment"));
    let sent = DossierNoticed { answer_by, ..fixture.noticed(DossierNotice::DraftSent) };
    fixture.installation.publish("submissions", &sent).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Xin xác nhận bản dự thảo kết quả hồ sơ {CODE}"));
    assert!(text(mail).contains("trước 17:00 23/07/2026") && text(mail).contains("coi như ông/bà đồng ý"));
    let sms = fixture.sms(AN_PHONE, 1).await;
    assert!(sms[0]["content"].as_str().expect("text").contains("xac nhan ban du thao"), "{}", sms[0]);
    let (reason, officials) = (Some("Sai tên đệm của cháu.".to_owned()), vec![fixture.binh.id]);
    let disputed = DossierNoticed { reason, officials, ..fixture.noticed(DossierNotice::DraftDisputed) };
    fixture.installation.publish("submissions", &disputed).await;
    let mail = &fixture.mails(BINH, 1).await[0];
    assert_eq!(mail["subject"], format!("Người nộp đề nghị sửa bản dự thảo hồ sơ {CODE}"));
    assert!(text(mail).contains("Sai tên đệm của cháu."), "{}", text(mail));
}

#[tokio::test]
async fn an_apology_after_the_due_date_reaches_the_applicant_in_the_officials_words_at_once() {
    let fixture = Fixture::start().await;
    let reason = Some("Cán bộ thụ lý nghỉ ốm đột xuất, chúng tôi xin lỗi ông.".to_owned());
    let due = |text: &str| Some(text.parse().expect("a moment"));
    let (due_before, due_at) = (due("2026-07-21T10:00:00Z"), due("2026-07-24T10:00:00Z"));
    let said = DossierNoticed { reason, due_before, due_at, ..fixture.noticed(DossierNotice::Apologised) };
    fixture.installation.publish("submissions", &said).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Xin lỗi vì hồ sơ {CODE} quá hạn"));
    assert!(text(mail).contains("Lời xin lỗi: Cán bộ thụ lý nghỉ ốm đột xuất"), "{}", text(mail));
    let sms = fixture.sms(AN_PHONE, 1).await;
    assert!(sms[0]["content"].as_str().expect("text").contains("hen tra 17:00 24/07/2026"), "{}", sms[0]);
}
