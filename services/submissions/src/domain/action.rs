//! What may be done with a dossier now: the operations ask before they do it, and views say it beforehand.

use civic::DossierStatus;
use procedure::PinnedProcedure;
use serde::Serialize;
use utoipa::ToSchema;

use super::dossier::{Dossier, Refusal};

/// Documents a dossier may have.
const MOST_DOCUMENTS: usize = 50;

/// What can be done with a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DossierActionName)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// Fill the form, or take a document out.
    Edit,
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

/// Who looks at a dossier, by what they may do.
#[derive(Clone, Copy, Debug)]
pub enum Viewer {
    /// Its applicant.
    Applicant,
    /// An official of its agency.
    Official {
        /// Takes in what arrives there.
        receives: bool,
        /// Decides there.
        decides: bool,
    },
}

impl Dossier {
    /// Every action that there is for `viewer`, and what stands against it. `components` are what its documents are for,
    /// `results` how many were issued.
    pub fn actions(
        &self,
        viewer: Viewer,
        pinned: &PinnedProcedure,
        components: &[String],
        results: usize,
    ) -> Vec<(Action, Result<(), Refusal>)> {
        match viewer {
            Viewer::Applicant => vec![
                (Action::Edit, self.may_be_edited()),
                (Action::AddDocument, self.may_take_document(components.len())),
                (Action::Submit, self.may_be_filed(pinned, components).map(drop)),
                (Action::Pay, self.may_be_paid()),
                (Action::DownloadResult, self.may_give_results()),
            ],
            Viewer::Official { receives, decides } => {
                let assigned = |duty: bool| if duty { Ok(()) } else { Err(Refusal::RoleMissing) };
                vec![
                    (Action::Receive, assigned(receives).and_then(|()| self.may_be_received())),
                    (Action::AddResult, assigned(decides).and_then(|()| self.may_take_result())),
                    (Action::Complete, assigned(decides).and_then(|()| self.may_be_completed(results))),
                ]
            }
        }
    }

    /// Whether its answers and documents may change.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`].
    pub fn may_be_edited(&self) -> Result<(), Refusal> {
        if self.status == DossierStatus::Draft { Ok(()) } else { Err(Refusal::NotADraft) }
    }

    /// Whether it may have one more document than `documents`.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`]; [`Refusal::TooManyDocuments`].
    pub fn may_take_document(&self, documents: usize) -> Result<(), Refusal> {
        self.may_be_edited()?;
        if documents < MOST_DOCUMENTS { Ok(()) } else { Err(Refusal::TooManyDocuments) }
    }

    /// Whether it waits for its fee.
    fn may_be_paid(&self) -> Result<(), Refusal> {
        let owed = self.status == DossierStatus::FeeDue && self.fee.is_some_and(|charge| charge.paid_at.is_none());
        if owed { Ok(()) } else { Err(Refusal::NothingDue) }
    }

    /// Whether its applicant may have its results.
    ///
    /// # Errors
    /// [`Refusal::ResultMissing`] until it is completed.
    pub fn may_give_results(&self) -> Result<(), Refusal> {
        if self.completed_at.is_some() { Ok(()) } else { Err(Refusal::ResultMissing) }
    }

    /// Whether an official may receive it.
    pub(super) fn may_be_received(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::Registered => Ok(()),
            DossierStatus::FeeDue => Err(Refusal::FeeNotPaid),
            other => Err(Refusal::Status(other)),
        }
    }

    /// Whether an official is working on its result.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it was received or is being processed.
    pub fn may_take_result(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::Received | DossierStatus::Processing => Ok(()),
            other => Err(Refusal::Status(other)),
        }
    }

    /// Whether an official may complete it with so many results.
    pub(super) fn may_be_completed(&self, results: usize) -> Result<(), Refusal> {
        self.may_take_result()?;
        if results == 0 { Err(Refusal::ResultMissing) } else { Ok(()) }
    }
}
