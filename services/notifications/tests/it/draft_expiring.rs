//! A draft will be deleted: its applicant learns when, and how to keep it.

use civic::{Language, events::DraftExpiring};
use uuid::Uuid;

use crate::fixture::{AN, Fixture, agency, procedure, text, time};

#[tokio::test]
async fn the_applicant_learns_until_when_it_is_kept_and_where_it_is() {
    let fixture = Fixture::start().await;
    let draft = |id| DraftExpiring {
        dossier_id: id,
        procedure_name: procedure(),
        agency: agency(),
        applicant: fixture.an.party(),
        kept_until: time("2026-10-19T03:00:00Z"),
    };
    let id = Uuid::nil();
    fixture.installation.publish("submissions", &draft(id)).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], "Hồ sơ nháp sẽ bị xóa lúc 10:00 19/10/2026");
    for fact in ["Nơi nộp: UBND xã Yên Kỳ", &format!("/dossiers/{id}")] {
        assert!(text(mail).contains(fact), "{fact} is not in {}", text(mail));
    }
    fixture.register(fixture.an.id, Language::En).await;
    fixture.installation.publish("submissions", &draft(Uuid::max())).await;
    let mails = fixture.mails(AN, 2).await;
    assert!(mails.iter().any(|mail| mail["subject"] == "Your draft will be deleted at 10:00 19/10/2026"), "{mails:?}");
}
