//! Whose pages an action belongs to, and where they stand.

use super::DossierRecord;

/// Whose pages they are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    /// Those of officials.
    Work,
    /// Those of the applicant.
    Own,
}

impl Side {
    /// The address of the dossier's page on this side, or of one below it.
    pub fn address(self, record: &DossierRecord, below: &str) -> String {
        match self {
            Self::Work => record.work_address(below),
            Self::Own => record.address(below),
        }
    }

    /// Where the dossiers are listed.
    pub fn list(self, record: &DossierRecord) -> String {
        match self {
            Self::Work => format!("/work/{}", record.agency()),
            Self::Own => "/dossiers".to_owned(),
        }
    }
}
