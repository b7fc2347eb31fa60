//! Form 05, from the step by which the work stopped: by the agency, because papers did not come, or because the applicant took the
//! dossier back.

use civic::{DossierStatus, Language, events::OrderState};
use documents::{Form, Stopping};

use super::{source::Source, words::dong};
use crate::{domain::charge::Charge, store::history};

/// The form, once the work stopped.
pub fn stopping(source: &Source) -> Option<Form> {
    let step = source.last_step_to(&[DossierStatus::Stopped, DossierStatus::Withdrawn])?;
    let decision = match step.to_status.parse() {
        Ok(DossierStatus::Withdrawn) => "Kết thúc giải quyết theo đề nghị rút hồ sơ.",
        _ => "Dừng giải quyết; thời gian dừng không tính vào thời hạn giải quyết.",
    };
    Some(Form::Stopping(Stopping {
        about: source.about(step.at),
        received_at: source.dossier.received_at,
        asked_by: asked_by(source, step),
        stopped_at: step.at,
        stage: stage(source, step),
        reason: step.reason.clone(),
        decision: decision.to_owned(),
        fee: fee(&source.dossier.charges),
        official: source.name(step.actor_id),
    }))
}

fn asked_by(source: &Source, step: &history::Entry) -> String {
    match &*step.actor_kind {
        "OFFICIAL" => source.agency().name.clone(),
        "SYSTEM" => "Hệ thống, vì hết thời hạn bổ sung hồ sơ".to_owned(),
        _ => source.dossier.applicant_name.clone(),
    }
}

/// What was being done: the stage of the process where there are stages, else the status before.
fn stage(source: &Source, step: &history::Entry) -> String {
    let mut before = source.dossier.custody.iter().rev().filter(|handover| handover.handed_over_at <= step.at);
    let code = before.find_map(|handover| handover.stage.as_deref());
    let mut stages = source.pinned.procedure.process.iter();
    let stage = stages.find(|stage| Some(&*stage.code) == code).map(|stage| stage.name.vi.clone());
    let status = || step.from_status.parse().map(|status: DossierStatus| status.name(Language::Vi).to_owned());
    stage.or_else(|| status().ok()).unwrap_or_default()
}

/// What becomes of the fees: how far each is paid, and by which rules it comes back.
fn fee(charges: &[Charge]) -> String {
    let said = |charge: &Charge| {
        let amount = dong(charge.total);
        match charge.state {
            OrderState::Due => format!("chưa nộp {amount}"),
            OrderState::PartPaid => format!("đã nộp một phần của {amount}; hoàn trả theo quy định về phí, lệ phí"),
            OrderState::Paid => format!("đã nộp {amount}; hoàn trả theo quy định về phí, lệ phí"),
            OrderState::Refunding => format!("đang hoàn trả, trong khoản {amount}"),
            OrderState::Refunded => format!("đã hoàn trả, trong khoản {amount}"),
            OrderState::Cancelled => format!("không phải nộp nữa {amount}"),
            OrderState::Waived => format!("được miễn {amount}"),
        }
    };
    let all: Vec<_> = charges.iter().map(said).collect();
    if all.is_empty() { "không có khoản phải nộp.".to_owned() } else { format!("{}.", all.join("; ")) }
}
