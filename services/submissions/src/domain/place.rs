//! Where a dossier is in its procedure's process.

use civic::OfficialRole;
use procedure::Stage;

/// Where a dossier is in its process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The stage, by code.
    pub stage: String,
    /// Whose part it is.
    pub role: OfficialRole,
}

impl From<&Stage> for Place {
    fn from(stage: &Stage) -> Self {
        Self { stage: stage.code.clone(), role: stage.role }
    }
}
