//! Form 03, from the step by which a dossier was not received.

use civic::DossierStatus;
use documents::{Form, Refusal};

use super::source::Source;

/// The form, once the dossier was refused.
pub fn refusal(source: &Source) -> Option<Form> {
    let step = source.last_step_to(&[DossierStatus::NotReceived])?;
    Some(Form::Refusal(Refusal {
        about: source.about(step.at),
        reason: step.reason.clone(),
        official: source.name(step.actor_id),
    }))
}
