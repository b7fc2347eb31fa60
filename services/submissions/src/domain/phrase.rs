//! What an agency writes often with an action.

use super::actions::TextInput;

civic::closed_list! {
    /// An action that is given a reason.
    pub enum PhraseAction: "an action with a reason" {
        /// Refusing to receive.
        Refuse = "REFUSE",
        /// Asking for further papers: the reason for one.
        RequestSupplement = "REQUEST_SUPPLEMENT",
        /// Stopping the work.
        Stop = "STOP",
        /// Deciding against what is applied for.
        Decline = "DECLINE",
        /// Taking more time.
        Extend = "EXTEND",
        /// Taking a further fee back.
        CancelCharge = "CANCEL_CHARGE",
        /// Sending it back to an earlier stage.
        SendBack = "SEND_BACK",
        /// Giving it back among those that nobody has.
        GiveBack = "GIVE_BACK",
        /// Correcting what is finished.
        Correct = "CORRECT",
    }
}

/// So many phrases an agency keeps.
pub const MOST_PHRASES: i64 = 200;
/// What is written.
pub const TEXT: TextInput = TextInput { name: "text", required: true, min_length: 0, max_length: 500 };
