//! One agency asks another: those who receive there are told, and who asked when it is answered.

use civic::{
    LocalText,
    events::{AgencyContact, AgencyOpened, ConsultationNotice, ConsultationNoticed},
};
use uuid::Uuid;

use crate::fixture::{AN, BINH, CODE, Fixture, text};

/// H44.101 asks H44.100, where Binh receives; An asks.
async fn noticed(fixture: &Fixture, notice: ConsultationNotice) -> ConsultationNoticed {
    let agency = "H44.101".parse().expect("a code");
    let opened = AgencyOpened {
        agency,
        name: LocalText::new("Xã Thanh Miếu", "Thanh Miếu"),
        parent: None,
        contact: AgencyContact::default(),
    };
    fixture.installation.publish("accounts", &opened).await;
    fixture.wait_for("select count(*) as count from agencies", 2).await;
    ConsultationNoticed {
        dossier_id: Uuid::new_v4(),
        code: CODE.parse().expect("a code"),
        procedure_name: LocalText::new("Đăng ký khai sinh", "Birth registration"),
        agency: opened.agency,
        asked_of: "H44.100".parse().expect("a code"),
        asked_by: fixture.an.id,
        number: 1,
        notice,
        happened_at: "2026-07-21T03:00:00Z".parse().expect("a moment"),
        answer_by: Some("2026-07-24T10:00:00Z".parse().expect("a moment")),
    }
}

#[tokio::test]
async fn who_is_asked_is_told_until_when_and_reminded_when_late() {
    let fixture = Fixture::start().await;
    let asked = noticed(&fixture, ConsultationNotice::Asked).await;
    fixture.installation.publish("submissions", &asked).await;
    let mail = &fixture.mails(BINH, 1).await[0];
    assert_eq!(mail["subject"], format!("Cần cho ý kiến về hồ sơ {CODE}"));
    let said = "Xã Thanh Miếu xin ý kiến của UBND xã Yên Kỳ về một hồ sơ. Xin trả lời trước 17:00 24/07/2026.";
    assert!(text(mail).contains(said), "{}", text(mail));
    let late = ConsultationNoticed { notice: ConsultationNotice::Late, ..asked };
    fixture.installation.publish("submissions", &late).await;
    assert_eq!(fixture.mails(BINH, 2).await[0]["subject"], format!("Quá hạn cho ý kiến về hồ sơ {CODE}"));
}

#[tokio::test]
async fn who_asked_is_told_when_it_is_answered_and_an_account_that_is_gone_holds_nothing_up() {
    let fixture = Fixture::start().await;
    let answered = noticed(&fixture, ConsultationNotice::Answered).await;
    let gone = ConsultationNoticed { asked_by: Uuid::new_v4(), ..answered.clone() };
    fixture.installation.publish("submissions", &gone).await;
    fixture.installation.publish("submissions", &answered).await;
    assert_eq!(fixture.mails(AN, 1).await[0]["subject"], format!("Đã có ý kiến về hồ sơ {CODE}"));
    assert_eq!(fixture.settled(1).await, ["consultation_notice SENT"]);
}
