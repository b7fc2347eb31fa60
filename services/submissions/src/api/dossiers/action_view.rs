//! How a dossier's view says what its reader may do.

use civic::LocalText;
use edge::{Caller, Decide, Duty, Receive};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        action::{Action, Viewer},
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
    /// Why not; none when it is possible.
    reason: Option<ReasonView>,
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

impl From<(Action, Result<(), Refusal>)> for ActionView {
    fn from((action, judged): (Action, Result<(), Refusal>)) -> Self {
        let reason = judged.err().map(|why| {
            let kind = error::kind(&why);
            ReasonView { code: kind.code, text: LocalText::new(kind.vi, kind.en) }
        });
        Self { action, allowed: reason.is_none(), reason }
    }
}

/// What the caller is to this dossier, which the caller may see.
pub fn viewer(caller: &Caller, dossier: &Dossier) -> Viewer {
    if caller.clone().applicant().is_some() {
        return Viewer::Applicant;
    }
    Viewer::Official { receives: holds::<Receive>(caller, dossier), decides: holds::<Decide>(caller, dossier) }
}

fn holds<D: Duty>(caller: &Caller, dossier: &Dossier) -> bool {
    caller.clone().official::<D>().is_some_and(|official| official.agencies().contains(&dossier.agency))
}
