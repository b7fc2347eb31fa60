//! Deadlines are near: the official hears of all that fell due together at once.

use civic::{
    LocalText,
    events::{Deadline, DeadlineKind, DeadlineStep, DeadlinesNear},
};
use uuid::Uuid;

use crate::fixture::{BINH, CODE, Fixture, text};

fn deadline(code: &str, kind: DeadlineKind, step: DeadlineStep) -> Deadline {
    Deadline {
        dossier_id: Uuid::new_v4(),
        code: code.parse().expect("a code"),
        procedure_name: LocalText::new("Đăng ký khai sinh", "Birth registration"),
        kind,
        step,
        due_at: "2026-07-24T10:00:00Z".parse().expect("a moment"),
    }
}

fn near(fixture: &Fixture, deadlines: Vec<Deadline>) -> DeadlinesNear {
    DeadlinesNear {
        official_id: fixture.binh.id,
        agency: "H44.100".parse().expect("a code"),
        happened_at: "2026-07-24T08:00:00Z".parse().expect("a moment"),
        deadlines,
    }
}

#[tokio::test]
async fn one_deadline_is_told_by_mail_and_sms_with_the_way_to_its_dossier() {
    let fixture = Fixture::start().await;
    let one = near(&fixture, vec![deadline(CODE, DeadlineKind::Result, DeadlineStep::Soon)]);
    fixture.installation.publish("submissions", &one).await;
    let mail = &fixture.mails(BINH, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE}: hạn trả kết quả còn rất gần"));
    let way = format!("/work/dossiers/{}", one.deadlines[0].dossier_id);
    assert!(text(mail).contains(&way) && text(mail).contains("hạn 17:00 24/07/2026"), "{}", text(mail));
}

#[tokio::test]
async fn many_deadlines_are_one_mail_that_lists_the_first_and_counts_the_rest() {
    let fixture = Fixture::start().await;
    let all =
        (1..=23).map(|number| deadline(&format!("H44.100-260721-{number:04}"), DeadlineKind::Stage, DeadlineStep::Due));
    fixture.installation.publish("submissions", &near(&fixture, all.collect())).await;
    let mail = &fixture.mails(BINH, 1).await[0];
    assert_eq!(mail["subject"], "23 hồ sơ sắp đến hạn hoặc quá hạn");
    assert!(text(mail).contains("H44.100-260721-0020"), "{}", text(mail));
    assert!(!text(mail).contains("H44.100-260721-0021"), "{}", text(mail));
    assert!(text(mail).contains("và 3 hồ sơ khác"), "{}", text(mail));
}

#[tokio::test]
async fn an_official_who_is_gone_holds_nothing_up() {
    let fixture = Fixture::start().await;
    let gone = near(&fixture, vec![deadline(CODE, DeadlineKind::Answer, DeadlineStep::Late)]);
    fixture.installation.publish("submissions", &DeadlinesNear { official_id: Uuid::new_v4(), ..gone.clone() }).await;
    fixture.installation.publish("submissions", &gone).await;
    let mail = &fixture.mails(BINH, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE}: hạn trả lời tiếp nhận đã qua một ngày làm việc"));
}
