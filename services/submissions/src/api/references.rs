//! How views name procedures, agencies and statuses.

use civic::{DossierStatus, Language, LocalText};
use serde::Serialize;
use utoipa::ToSchema;

/// The version of a procedure that a dossier is pinned to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcedureReference {
    /// Its code.
    #[schema(example = "1.001193")]
    pub code: String,
    /// The version.
    #[schema(minimum = 1)]
    pub version: i32,
    /// Its name.
    pub name: LocalText,
}

/// An agency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgencyReference {
    /// Its code.
    #[schema(example = "H44.100")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

/// A status, as people are told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DossierStatusView)]
pub struct StatusView {
    /// The status.
    pub status: DossierStatus,
    /// Its code in the national list; a draft has none.
    #[schema(minimum = 1, maximum = 10)]
    pub code: Option<u8>,
    /// Its name.
    pub name: LocalText,
}

impl From<DossierStatus> for StatusView {
    fn from(status: DossierStatus) -> Self {
        let name = LocalText::new(status.name(Language::Vi), status.name(Language::En));
        Self { status, code: status.code(), name }
    }
}
