//! How views name procedures, agencies and statuses.

use std::collections::HashMap;

use civic::{DossierStatus, Language, LocalText, OfficialRole};
use procedure::Stage;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

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

/// An official.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfficialReference {
    /// The account.
    pub id: Uuid,
    /// The name; none when accounts has not told of the official.
    pub name: Option<String>,
}

/// A stage of a procedure's process.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StageReference {
    /// Its code in the process.
    #[schema(example = "TIEP_NHAN")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Whose part it is.
    pub role: OfficialRole,
}

impl OfficialReference {
    /// An official by the names that are known.
    pub fn of(id: Uuid, names: &HashMap<Uuid, String>) -> Self {
        Self { id, name: names.get(&id).cloned() }
    }
}

impl From<&Stage> for StageReference {
    fn from(stage: &Stage) -> Self {
        Self { code: stage.code.clone(), name: stage.name.clone(), role: stage.role }
    }
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
