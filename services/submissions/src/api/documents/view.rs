//! How a document is shown.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::documents::Document;

/// A paper that was uploaded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// Its id.
    pub id: Uuid,
    /// Which of the procedure's components it is.
    #[schema(example = "GIAY_CHUNG_SINH")]
    pub component: String,
    /// Its name.
    #[schema(example = "Giấy chứng sinh.pdf")]
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
    /// When it came.
    pub uploaded_at: DateTime<Utc>,
    /// The number of the request that it answers; none when it was handed in with the dossier.
    #[schema(minimum = 1)]
    pub request: Option<i32>,
}

impl From<Document> for DocumentView {
    fn from(document: Document) -> Self {
        Self {
            id: document.id,
            component: document.component,
            file_name: document.file_name,
            media_type: document.media_type,
            size: document.size,
            sha256: hex::encode(document.sha256),
            uploaded_at: document.uploaded_at,
            request: document.request,
        }
    }
}
