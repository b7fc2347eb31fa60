//! How far a procedure can be gone through online, and for whom it is.

use civic::LocalText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How much of a procedure is done online.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureKind)]
#[serde(tag = "online", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Kind {
    /// Toàn trình: all of it, from filing to result.
    #[default]
    Full,
    /// Một phần: something needs a visit.
    Partial {
        /// Why, as it is published.
        reason: LocalText,
    },
    /// Nothing: there is information, and dossiers are handed in at the counter.
    Information,
}

impl Kind {
    pub(crate) fn is_full(&self) -> bool {
        *self == Self::Full
    }
}

/// Who may ask for a procedure, by the kinds of the national database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureSubject)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Subject {
    /// Công dân Việt Nam.
    Citizen,
    /// Người Việt Nam định cư ở nước ngoài.
    OverseasVietnamese,
    /// Người nước ngoài.
    Foreigner,
    /// Cán bộ, công chức, viên chức.
    CivilServant,
    /// Doanh nghiệp.
    Enterprise,
    /// Doanh nghiệp có vốn đầu tư nước ngoài.
    ForeignInvestedEnterprise,
    /// Tổ chức.
    Organisation,
    /// Hợp tác xã.
    Cooperative,
}
