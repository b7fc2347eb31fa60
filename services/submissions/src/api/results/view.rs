//! How a result is shown.

use chrono::{DateTime, Utc};
use edge::Reply;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{api::receive_pdf::ReceivedPdf, domain::result_kind::ResultKind, store::results::ResultDocument};

/// A result that an official issued.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResultView {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Giấy khai sinh.pdf")]
    pub file_name: String,
    /// Its media type.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    pub size: i64,
    /// The SHA-256 of its bytes, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// What it is.
    pub kind: ResultKind,
    /// Whether it has a mistake, and another takes its place.
    pub replaced: bool,
}

impl From<ResultDocument> for ResultView {
    fn from(result: ResultDocument) -> Self {
        Self {
            id: result.id,
            file_name: result.file_name,
            media_type: result.media_type,
            size: result.size,
            sha256: hex::encode(result.sha256),
            issued_at: result.uploaded_at,
            kind: result.kind,
            replaced: result.replaced_by.is_some(),
        }
    }
}

/// The row of a PDF that an official issues now.
pub(super) fn issued(
    pdf: &ReceivedPdf,
    dossier: Uuid,
    kind: ResultKind,
    official: Uuid,
    now: DateTime<Utc>,
) -> ResultDocument {
    ResultDocument {
        id: pdf.id,
        dossier,
        file_name: pdf.file_name(),
        media_type: pdf.file.media_type.as_str().into(),
        size: pdf.file.size,
        sha256: pdf.file.sha256.into(),
        object_key: pdf.file.key.clone(),
        uploaded_at: now,
        issued_by: official,
        kind,
        replaced_by: None,
    }
}

/// What is answered once it is issued.
pub(super) fn created(result: ResultDocument) -> Reply {
    let location = format!("/api/v1/dossiers/{}/results/{}", result.dossier, result.id);
    Reply::created(&ResultView::from(result), location)
}
