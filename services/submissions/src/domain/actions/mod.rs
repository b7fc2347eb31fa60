//! What may be done with a dossier: one entry an action. Its operation, the views that offer it and their tests read the same entry; the
//! function beside it says what the action makes of the dossier.

pub mod add_document;
pub mod add_result;
pub mod complete;
pub mod discard;
pub mod download_result;
pub mod edit;
mod entry;
pub mod pay;
pub mod receive;
pub mod submit;

use serde::Serialize;
use utoipa::ToSchema;

pub use self::entry::{Entry, Facts, TextInput, Viewer, Who};
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
    /// File it.
    Submit,
    /// Pay its fee. The payment order has the last word.
    Pay,
    /// Download its result.
    DownloadResult,
    /// Receive it.
    Receive,
    /// Issue a result.
    AddResult,
    /// Complete it.
    Complete,
}

/// Every action, in the order in which it is done.
const ALL: [Entry; 9] = [
    edit::EDIT,
    discard::DISCARD,
    add_document::ADD_DOCUMENT,
    submit::SUBMIT,
    pay::PAY,
    download_result::DOWNLOAD_RESULT,
    receive::RECEIVE,
    add_result::ADD_RESULT,
    complete::COMPLETE,
];

/// Every action that there is for `viewer`, and what stands against it.
pub fn offered(viewer: &Viewer, facts: &Facts<'_>) -> Vec<(Entry, Result<(), Refusal>)> {
    ALL.into_iter().filter_map(|entry| Some((entry, entry.offered(viewer, facts)?))).collect()
}
