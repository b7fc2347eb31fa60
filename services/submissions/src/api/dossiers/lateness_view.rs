//! How a dossier's view says why it is late.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::events::LatenessCause;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::OfficialReference,
    domain::{dossier::Dossier, lateness::Lateness},
};

/// A cause of lateness that was recorded.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierLatenessCause)]
pub struct LatenessView {
    cause: LatenessCause,
    /// What proves it.
    proof: String,
    noted_by: OfficialReference,
    noted_at: DateTime<Utc>,
}

impl LatenessView {
    /// Those of a dossier, in order.
    pub fn all(dossier: &Dossier, names: &HashMap<Uuid, String>) -> Vec<Self> {
        let view = |noted: &Lateness| Self {
            cause: noted.cause,
            proof: noted.proof.clone(),
            noted_by: OfficialReference::of(noted.noted_by, names),
            noted_at: noted.noted_at,
        };
        dossier.lateness.iter().map(view).collect()
    }
}
