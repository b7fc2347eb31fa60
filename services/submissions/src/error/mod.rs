//! What can go wrong here, as clients are told: the kinds by what they are about, and what a refusal of a rule comes to.

mod filing;
mod forms;
mod missing;
mod money;
mod requests;
mod work;

use civic::LocalText;
use edge::{Kind, Problem, kinds};
use procedure::Finding;

pub use self::{filing::*, forms::*, missing::*, money::*, requests::*, work::*};
use crate::domain::{actions::TextInput, dossier::Refusal};

/// A value of the request that is not valid.
pub fn invalid(pointer: &str, code: &'static str, vi: &str, en: &str) -> Problem {
    Problem::from(kinds::INVALID).field(pointer, code, LocalText::new(vi, en))
}

/// A stage that the dossier cannot be handed on to.
pub fn no_such_stage() -> Problem {
    invalid(
        "/stage",
        "unknown",
        "Chọn bước tiếp theo trong các bước mà quy trình cho phép.",
        "Choose one of the stages that the process lets follow.",
    )
}

/// The official to whom the dossier is given has it.
pub fn has_it_already() -> Problem {
    invalid("/official", "has-it-already", "Người này đang thụ lý hồ sơ.", "This person has the dossier already.")
}

/// No such procedure.
pub fn unknown_procedure() -> Problem {
    invalid("/procedure", "unknown", "Không có thủ tục này.", "There is no such procedure.")
}

/// No such agency, in a request's body.
pub fn unknown_agency() -> Problem {
    invalid("/agency", "unknown", "Không có cơ quan này.", "There is no such agency.")
}

/// A refusal that names the agencies to go to instead.
pub fn elsewhere(kind: Kind, agencies: impl Iterator<Item = LocalText>) -> Problem {
    let (vi, en): (Vec<_>, Vec<_>) = agencies.map(|name| (name.vi, name.en)).unzip();
    let text = match vi.is_empty() {
        true => LocalText::new(
            "Hãy hỏi Trung tâm Phục vụ hành chính công của tỉnh nơi giải quyết thủ tục này.",
            "Ask the province's public service centre which agency carries this procedure out.",
        ),
        false => {
            LocalText { vi: format!("Hãy nộp tại: {}.", vi.join("; ")), en: format!("Go to: {}.", en.join("; ")) }
        }
    };
    Problem::from(kind).field("/agency", "elsewhere", text)
}

/// A component that the procedure does not have.
pub fn unknown_component(pointer: &str) -> Problem {
    invalid(pointer, "unknown", "Thủ tục không có giấy tờ này.", "The procedure does not ask for this.")
}

/// A paper that is counted twice.
pub fn repeated_component(pointer: &str) -> Problem {
    invalid(pointer, "uniqueItems", "Giấy tờ này đã ghi ở trên.", "This paper stands above already.")
}

/// A problem with what was found.
pub fn with_findings(kind: Kind, findings: Vec<Finding>) -> Problem {
    findings
        .into_iter()
        .fold(kind.into(), |problem: Problem, finding| problem.field(finding.pointer, finding.code, finding.text))
}

/// Reads a text that is written with an action.
///
/// # Errors
/// 400 with what is wrong.
pub fn read_text(input: &TextInput, text: Option<&str>) -> Result<Option<String>, Problem> {
    input.read(text).map_err(|finding| with_findings(kinds::INVALID, vec![finding]))
}

/// As [`read_text`], of what stands at `place` in the request's body.
///
/// # Errors
/// 400 with what is wrong.
pub fn read_text_at(input: &TextInput, text: Option<&str>, place: &str) -> Result<Option<String>, Problem> {
    input.read(text).map_err(|finding| {
        let pointer = format!("{place}{}", finding.pointer);
        with_findings(kinds::INVALID, vec![Finding { pointer, ..finding }])
    })
}

/// Reads a text that must be written with an action.
///
/// # Errors
/// 400 with what is wrong.
pub fn required_text(input: &TextInput, text: Option<&str>) -> Result<String, Problem> {
    Ok(read_text(input, text)?.unwrap_or_default())
}

/// What clients are told of a refusal.
pub fn kind(why: &Refusal) -> Kind {
    match why {
        Refusal::NotADraft => NOT_A_DRAFT,
        Refusal::NotHandledThere | Refusal::NotTakenInThere => NOT_TAKEN_IN_THERE,
        Refusal::NotTakenInByHand => NOT_TAKEN_IN_BY_HAND,
        Refusal::Incomplete(_) => INCOMPLETE,
        Refusal::TooManyDocuments => TOO_MANY_DOCUMENTS,
        Refusal::FeeNotPaid => FEE_NOT_PAID,
        Refusal::ChargeOpen => CHARGE_OPEN,
        Refusal::FeeWentBack => FEE_WENT_BACK,
        Refusal::NothingDue => NOTHING_DUE,
        Refusal::RoleMissing => ROLE_MISSING,
        Refusal::Status(_) => STATUS,
        Refusal::ResultMissing => RESULT_MISSING,
        Refusal::OtherStage => OTHER_STAGE,
        Refusal::LastStage => LAST_STAGE,
        Refusal::FirstStage => FIRST_STAGE,
        Refusal::NoStages => NO_STAGES,
        Refusal::Held => HELD,
        Refusal::NotHeld => NOT_HELD,
        Refusal::FourEyes => FOUR_EYES,
        Refusal::OwnDossier => OWN_DOSSIER,
        Refusal::AskedBefore => ASKED_BEFORE,
        Refusal::NotAsked => NOT_ASKED,
        Refusal::TooManyConsultations => TOO_MANY_CONSULTATIONS,
        Refusal::ConsultedAlready => CONSULTED_ALREADY,
        Refusal::ConsultationOver => CONSULTATION_OVER,
        Refusal::ConsultationOpen => CONSULTATION_OPEN,
        Refusal::NoDraftWanted => NO_DRAFT_WANTED,
        Refusal::DraftOpen => DRAFT_OPEN,
        Refusal::NoDraftOpen => NO_DRAFT_OPEN,
        Refusal::DraftMissing => DRAFT_MISSING,
        Refusal::DraftDisputed => DRAFT_DISPUTED,
        Refusal::NotLate => NOT_LATE,
        Refusal::ApologisedBefore => APOLOGISED_BEFORE,
        Refusal::TooManyCauses => TOO_MANY_CAUSES,
        Refusal::TooManyCharges => TOO_MANY_CHARGES,
        Refusal::NoChargeToCancel => NO_CHARGE_TO_CANCEL,
        Refusal::OverdueAlready => OVERDUE_ALREADY,
        Refusal::ExtendedBefore => EXTENDED_BEFORE,
        Refusal::ExtensionTooLong => EXTENSION_TOO_LONG,
        Refusal::OtherPayment => kinds::INTERNAL,
    }
}

impl From<Refusal> for Problem {
    fn from(why: Refusal) -> Self {
        match why {
            Refusal::Incomplete(findings) => with_findings(INCOMPLETE, findings),
            Refusal::OtherPayment => anyhow::Error::from(why).into(),
            why => kind(&why).into(),
        }
    }
}
