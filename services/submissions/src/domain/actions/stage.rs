//! Which word of a process an action goes by.

use procedure::StageAction;

use super::{Action, Facts};

impl Action {
    /// Whether a dossier is such that there is anything of that: drafts where its procedure wants them, excuses when it is late.
    pub fn has_a_place(self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Take | Self::GiveBack | Self::Assign | Self::Forward | Self::SendBack => {
                !facts.pinned.procedure.process.is_empty()
            }
            Self::SendDraft | Self::AnswerDraft => facts.dossier.draft_days(&facts.pinned.procedure).is_some(),
            Self::Apologise | Self::NoteLateness => facts.dossier.is_late(facts.now),
            _ => true,
        }
    }

    /// What a stage must allow for it while a dossier is worked on; nothing when no stage has a say: before the receipt, after the
    /// end, and in handing on what one has.
    pub const fn stage_action(self) -> Option<StageAction> {
        match self {
            Self::RequestSupplement => Some(StageAction::RequestSupplement),
            Self::Stop | Self::Resume => Some(StageAction::Stop),
            Self::AddResult | Self::RemoveResult | Self::SendDraft => Some(StageAction::IssueResult),
            Self::Complete | Self::Decline => Some(StageAction::Complete),
            Self::Charge | Self::CancelCharge => Some(StageAction::RequestFee),
            Self::Extend => Some(StageAction::Extend),
            Self::Consult => Some(StageAction::Consult),
            Self::Edit
            | Self::Discard
            | Self::AddDocument
            | Self::ChooseReturn
            | Self::Submit
            | Self::Pay
            | Self::AnswerSupplement
            | Self::TakeSupplement
            | Self::AnswerDraft
            | Self::Withdraw
            | Self::DownloadResult
            | Self::Receive
            | Self::Refuse
            | Self::Take
            | Self::GiveBack
            | Self::Assign
            | Self::Forward
            | Self::SendBack
            | Self::Return
            | Self::Apologise
            | Self::NoteLateness
            | Self::Correct => None,
        }
    }
}
