//! Which word of a process an action goes by.

use procedure::StageAction;

use super::Action;

impl Action {
    /// Whether it moves a dossier from hand to hand: there is nothing of that in a process without stages.
    pub const fn hands_on(self) -> bool {
        matches!(self, Self::Take | Self::GiveBack | Self::Assign | Self::Forward | Self::SendBack)
    }

    /// What a stage must allow for it while a dossier is worked on; nothing when no stage has a say: before the receipt, after the
    /// end, and in handing on what one has.
    pub const fn stage_action(self) -> Option<StageAction> {
        match self {
            Self::RequestSupplement => Some(StageAction::RequestSupplement),
            Self::Stop | Self::Resume => Some(StageAction::Stop),
            Self::AddResult | Self::RemoveResult => Some(StageAction::IssueResult),
            Self::Complete | Self::Decline => Some(StageAction::Complete),
            Self::Charge | Self::CancelCharge => Some(StageAction::RequestFee),
            Self::Extend => Some(StageAction::Extend),
            Self::Consult => Some(StageAction::Consult),
            Self::Edit
            | Self::Discard
            | Self::AddDocument
            | Self::Submit
            | Self::Pay
            | Self::AnswerSupplement
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
            | Self::Correct => None,
        }
    }
}
