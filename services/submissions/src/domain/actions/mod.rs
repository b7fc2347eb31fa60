//! What may be done with a dossier: one entry an action. Its operation, the views that offer it and their tests read the same entry; the
//! function beside it says what the action makes of the dossier.

pub mod add_document;
pub mod add_result;
pub mod answer_consultation;
pub mod answer_draft;
pub mod answer_supplement;
pub mod apologise;
pub mod assign;
pub mod cancel_charge;
pub mod charge;
pub mod choose_return;
pub mod complete;
pub mod consult;
pub mod correct;
pub mod decline;
pub mod discard;
pub mod download_result;
pub mod edit;
mod entry;
pub mod extend;
pub mod forward;
pub mod give_back;
pub mod lapse_supplement;
pub mod note_lateness;
pub mod pay;
pub mod receive;
pub mod refuse;
pub mod remove_result;
pub mod request_supplement;
pub mod resume;
pub mod return_result;
pub mod send_back;
pub mod send_draft;
mod stage;
pub mod stop;
pub mod submit;
pub mod take;
pub mod take_supplement;
pub mod withdraw;

use serde::Serialize;
use utoipa::ToSchema;

pub use self::entry::{ChoiceInput, Entry, Facts, TextInput, Viewer, Who};
use super::dossier::Refusal;

/// What can be done with a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DossierActionName)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// Fill the form, or take a document out.
    Edit,
    /// Throw it away.
    Discard,
    /// Upload a document.
    AddDocument,
    /// Choose how its result is given back.
    ChooseReturn,
    /// File it.
    Submit,
    /// Pay its fee. The payment order has the last word.
    Pay,
    /// Send in what was asked for.
    AnswerSupplement,
    /// Confirm a draft of its result, or ask for its correction.
    AnswerDraft,
    /// Take it back.
    Withdraw,
    /// Download its result.
    DownloadResult,
    /// Receive it.
    Receive,
    /// Refuse to receive it.
    Refuse,
    /// Take it on, when nobody has it.
    Take,
    /// Give it back, so that nobody has it.
    GiveBack,
    /// Give it to an official of its stage.
    Assign,
    /// Finish its stage, and hand it on to the next.
    Forward,
    /// Send it back to a stage that it came from.
    SendBack,
    /// Ask for further papers.
    RequestSupplement,
    /// Take in at the counter what was asked for.
    TakeSupplement,
    /// Stop the work on it.
    Stop,
    /// Go on with the work on it.
    Resume,
    /// Charge a further fee.
    Charge,
    /// Take that back before it is paid.
    CancelCharge,
    /// Take more time, with an apology.
    Extend,
    /// Apologise, when it is late.
    Apologise,
    /// Record why it is late.
    NoteLateness,
    /// Ask another agency.
    Consult,
    /// Send its applicant a draft of the result.
    SendDraft,
    /// Issue a result.
    AddResult,
    /// Take one back.
    RemoveResult,
    /// Complete it.
    Complete,
    /// Decide against what it asks for.
    Decline,
    /// Hand its result over.
    Return,
    /// Take it up again to correct its result.
    Correct,
}

/// Every action, in the order in which it is done.
const ALL: [Entry; 34] = [
    edit::EDIT,
    discard::DISCARD,
    add_document::ADD_DOCUMENT,
    choose_return::CHOOSE_RETURN,
    submit::SUBMIT,
    pay::PAY,
    answer_supplement::ANSWER_SUPPLEMENT,
    answer_draft::ANSWER_DRAFT,
    withdraw::WITHDRAW,
    download_result::DOWNLOAD_RESULT,
    receive::RECEIVE,
    refuse::REFUSE,
    take::TAKE,
    give_back::GIVE_BACK,
    assign::ASSIGN,
    request_supplement::REQUEST_SUPPLEMENT,
    take_supplement::TAKE_SUPPLEMENT,
    stop::STOP,
    resume::RESUME,
    charge::CHARGE,
    cancel_charge::CANCEL_CHARGE,
    extend::EXTEND,
    apologise::APOLOGISE,
    note_lateness::NOTE_LATENESS,
    consult::CONSULT,
    send_draft::SEND_DRAFT,
    add_result::ADD_RESULT,
    remove_result::REMOVE_RESULT,
    forward::FORWARD,
    send_back::SEND_BACK,
    complete::COMPLETE,
    decline::DECLINE,
    return_result::RETURN,
    correct::CORRECT,
];

/// Every action that there is for `viewer`, and what stands against it.
pub fn offered(viewer: &Viewer, facts: &Facts<'_>) -> Vec<(Entry, Result<(), Refusal>)> {
    ALL.into_iter().filter_map(|entry| Some((entry, entry.offered(viewer, facts)?))).collect()
}

#[cfg(test)]
mod tests {
    use civic::DossierStatus;

    use super::{ALL, lapse_supplement};
    use crate::domain::status::{Transition, transition};

    fn gone() -> Vec<(DossierStatus, DossierStatus)> {
        ALL.iter().flat_map(|entry| entry.passages).chain(lapse_supplement::PASSAGES).copied().collect()
    }

    #[test]
    fn every_passage_of_the_table_is_gone_by_something() {
        let (gone, mut missing) = (gone(), Vec::new());
        for from in DossierStatus::ALL.iter().copied() {
            for to in DossierStatus::ALL.iter().copied().filter(|to| !gone.contains(&(from, *to))) {
                let code = |status: DossierStatus| status.code().unwrap_or(0);
                match transition(from, to) {
                    Transition::None => {}
                    Transition::Ordinary => missing.push(format!("{}→{}", code(from), code(to))),
                    Transition::Correction => missing.push(format!("{}→{}!", code(from), code(to))),
                }
            }
        }
        assert!(missing.is_empty(), "nothing goes {missing:?}; `!` marks a correction");
    }

    #[test]
    fn no_action_goes_a_passage_that_the_table_does_not_know() {
        for (from, to) in gone() {
            assert_ne!(transition(from, to), Transition::None, "{from} → {to}");
        }
    }
}
