//! How a dossier's view says what its reader may do.

use civic::{DossierStatus, LocalText};
use edge::Caller;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        actions::{Action, Entry, TextInput, Viewer},
        dossier::{Dossier, Refusal},
    },
    error,
};

/// An action that there is for the reader.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierAction)]
pub struct ActionView {
    /// Which.
    action: Action,
    /// Whether it is possible now. The operation decides again.
    allowed: bool,
    /// The statuses to which it may lead from where the dossier stands; none when it leaves the status as it is.
    leads_to: Vec<DossierStatus>,
    /// Why not; none when it is possible.
    reason: Option<ReasonView>,
    /// What is written with it.
    texts: Vec<TextView>,
    /// What is chosen with it.
    choices: Vec<ChoiceView>,
    /// What is written with it for each paper that it is about.
    paper_texts: Vec<TextView>,
}

/// A text that is written with an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActionText)]
pub struct TextView {
    /// The member of the request that it is.
    #[schema(example = "note")]
    name: &'static str,
    /// Whether it must be given.
    required: bool,
    /// Characters it must have, if it is given.
    min_length: u32,
    /// Characters it may have.
    #[schema(minimum = 1)]
    max_length: u32,
}

/// One of a few words that is chosen with an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActionChoice)]
pub struct ChoiceView {
    /// The member of the request that it is.
    #[schema(example = "way")]
    name: &'static str,
    /// The words.
    options: &'static [&'static str],
}

/// Why an action is not possible.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActionReason)]
pub struct ReasonView {
    /// Stable code, the one that the operation would answer with.
    #[schema(example = "fee-not-paid")]
    code: &'static str,
    /// A sentence for people.
    text: LocalText,
}

impl ActionView {
    /// An action, what stands against it, and where it leads a dossier that is in `status`.
    pub fn of(entry: &Entry, judged: Result<(), Refusal>, status: DossierStatus) -> Self {
        let leads_to = entry.passages.iter().filter(|(from, _)| *from == status).map(|(_, to)| *to).collect();
        let reason = judged.err().map(|why| {
            let kind = error::kind(&why);
            ReasonView { code: kind.code, text: LocalText::new(kind.vi, kind.en) }
        });
        let texts = |inputs: &[TextInput]| inputs.iter().map(TextView::from).collect();
        Self {
            action: entry.action,
            allowed: reason.is_none(),
            leads_to,
            reason,
            texts: texts(entry.texts),
            choices: entry
                .choices
                .iter()
                .map(|choice| ChoiceView { name: choice.name, options: choice.options })
                .collect(),
            paper_texts: texts(entry.paper_texts),
        }
    }
}

impl From<&TextInput> for TextView {
    fn from(input: &TextInput) -> Self {
        Self { name: input.name, required: input.required, min_length: input.min_length, max_length: input.max_length }
    }
}

/// What the caller is to this dossier, which the caller may see.
pub fn viewer(caller: &Caller, dossier: &Dossier) -> Viewer {
    if caller.clone().applicant().is_some() {
        return Viewer::Applicant;
    }
    Viewer::Official(caller.roles_at(&dossier.agency).to_vec())
}
