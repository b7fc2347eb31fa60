//! How a phrase looks.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{domain::phrase::PhraseAction, store::phrases::Phrase};

/// A phrase that an agency writes often.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Phrase)]
pub struct PhraseView {
    /// Its id.
    id: Uuid,
    /// With which action it is written.
    action: PhraseAction,
    /// What is written.
    text: String,
    /// When it was added.
    added_at: DateTime<Utc>,
}

impl From<Phrase> for PhraseView {
    fn from(Phrase { id, action, text, added_at, .. }: Phrase) -> Self {
        Self { id, action, text, added_at }
    }
}
