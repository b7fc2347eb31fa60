//! What keeps a procedure from working: where it stands, and how it is mended.

use civic::LocalText;
use serde::Serialize;
use utoipa::ToSchema;

/// Something that keeps a procedure from working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProcedureFault)]
pub struct Fault {
    /// JSON Pointer (RFC 6901) of the place in the procedure.
    #[schema(example = "/process/1/next/0")]
    pub pointer: String,
    /// Stable code of what is wrong.
    #[schema(example = "stage-unknown")]
    pub code: &'static str,
    /// What is wrong and how it is mended, for its author.
    pub text: LocalText,
}

impl Fault {
    /// A fault at a place.
    pub(crate) fn at(
        pointer: impl Into<String>,
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { pointer: pointer.into(), code, text: LocalText::new(vi, en) }
    }
}
