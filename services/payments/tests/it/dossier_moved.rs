//! A dossier tells how it stands: orders are opened for what is due.

use civic::{
    FilingChannel, LocalText,
    events::{ActorKind, Charge, ChargeState, DossierClock, DossierFeeDue, DossierMoved, PaperCounts},
    order_id,
};
use testkit::{Installation, Method, eventually};

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, copies, open},
};

pub fn dossier(fee: &DossierFeeDue, version: i64, charges: Vec<Charge>) -> DossierMoved {
    let at = "2026-07-21T03:00:00Z".parse().unwrap();
    DossierMoved {
        helped: false,
        taken_at: None,
        dossier_id: fee.dossier_id,
        version,
        code: fee.code.clone(),
        procedure: fee.procedure.clone(),
        procedure_version: 1,
        procedure_name: LocalText::new("Bản sao", "Copies"),
        agency: fee.agency.clone(),
        channel: FilingChannel::Online,
        applicant: fee.payer,
        submitted_at: at,
        status: civic::DossierStatus::Registered,
        status_since: at,
        decided_at: None,
        actor: ActorKind::Applicant,
        reason: None,
        stage: None,
        custody: None,
        clock: DossierClock { started_at: None, due_at: None, ended_at: None, pauses: Vec::new() },
        charges,
        papers: PaperCounts::default(),
        lateness: None,
    }
}

pub fn charge(fee: &DossierFeeDue, round: u32, state: ChargeState) -> Charge {
    Charge {
        order_id: order_id(fee.dossier_id, round),
        round: round.try_into().unwrap(),
        in_advance: round == 1,
        lines: fee.lines.clone(),
        total: fee.total,
        state,
        asked_at: "2026-07-21T03:00:00Z".parse().unwrap(),
        due_at: None,
    }
}

#[tokio::test]
async fn each_round_that_is_due_has_an_order_however_it_is_told() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    open(&installation, &an, &fee).await;
    let rounds = vec![
        charge(&fee, 1, ChargeState::Due),
        charge(&fee, 2, ChargeState::Due),
        charge(&fee, 3, ChargeState::Cancelled),
    ];
    let newest = dossier(&fee, 5, rounds);
    let second = format!("/api/v1/payment-orders/{}", order_id(fee.dossier_id, 2));
    installation.publish("submissions", &newest).await;
    eventually(|| async { (an.call("payments", Method::GET, &second).send().await.status == 200).then_some(()) }).await;
    let older = dossier(&fee, 4, vec![charge(&fee, 4, ChargeState::Due)]);
    for fact in [&older, &newest] {
        installation.publish("submissions", fact).await;
    }
    let last = copies(an.party());
    open(&installation, &an, &last).await;
    assert_eq!(count(&installation, "orders").await, 3);
    assert_eq!(count(&installation, &format!("orders where total = {TOTAL} and status = 'DUE'")).await, 3);
    assert_eq!(count(&installation, "dead_letter").await, 0);
    assert_sound(&installation).await;
}
