//! Why there is no page as asked for. `settle.rs` turns each into a page that says what to do.

mod problem;

use actix_web::{ResponseError, http::StatusCode};

pub(crate) use self::problem::{FieldError, Problem};

/// A request that cannot be answered as asked.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Only for those who are signed in: they are led to the door and back.
    #[error("not signed in")]
    NotSignedIn,
    /// The page is at another address by now.
    #[error("elsewhere: {0}")]
    Elsewhere(String),
    /// Signed in as somebody for whom this page is not.
    #[error("not for this account")]
    Forbidden,
    /// What is only for a device of one's own, asked for at a kiosk.
    #[error("not at a kiosk")]
    AtKiosk,
    /// Nothing is here.
    #[error("not found")]
    NotFound,
    /// A form that was not made for this browser, or long ago.
    #[error("a form that is not ours")]
    StaleForm,
    /// A form that cannot be read.
    #[error("a form that cannot be read")]
    Malformed,
    /// More than is taken.
    #[error("too large")]
    TooLarge,
    /// The API or Redis does not answer.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours.
    #[error("internal")]
    Internal,
    /// The API refuses.
    #[error("refused: {}", .0.code)]
    Refused(Box<Problem>),
}

impl Failure {
    /// The problem, when the API refused with one of these statuses: a page may show it beside its fields.
    ///
    /// # Errors
    /// Every other failure, unchanged.
    pub fn refused_with(self, statuses: &[u16]) -> Result<Problem, Self> {
        match self {
            Self::Refused(problem) if statuses.contains(&problem.status) => Ok(*problem),
            other => Err(other),
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotSignedIn | Self::Elsewhere(_) => 303,
            Self::Forbidden | Self::AtKiosk | Self::StaleForm => 403,
            Self::NotFound => 404,
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::Unavailable => 503,
            Self::Internal => 500,
            Self::Refused(problem) => problem.status,
        }
    }

    /// Whether what was asked does not answer now, and may soon.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Unavailable)
            || matches!(self, Self::Refused(problem) if (502..=504).contains(&problem.status))
    }

    /// Whether the way on is the sign-in page.
    pub fn wants_sign_in(&self) -> bool {
        matches!(self, Self::NotSignedIn) || matches!(self, Self::Refused(problem) if problem.status == 401)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(why: anyhow::Error) -> Self {
        tracing::error!(error = %format!("{why:#}"), "a page failed");
        Self::Internal
    }
}
