//! Who has the receipt of a dossier, and what that lets her do.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use civic::{DossierCode, LocalText};
use edge::{Applicant, Caller, Capacity, Problem, SecurityEvent, Subject};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{dossier::Dossier, tracking::SecretHash},
    error,
    store::dossiers,
};

/// How a receipt is shown where the body is something else, for an operation's contract.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "describes headers; they are read by ReceiptHolder")]
pub struct ReceiptHeaders {
    /// The dossier's code.
    #[param(rename = "Dossier-Code", min_length = 1, max_length = 100, example = "H44.100-260721-0001")]
    dossier_code: String,
    /// The tracking secret.
    #[param(rename = "Tracking-Secret", min_length = 1, max_length = 100, example = "0123456789abcdef0123")]
    tracking_secret: String,
}

/// Who shows the receipt of somebody without an account, and so acts as the applicant.
#[derive(Clone, Debug)]
pub struct ReceiptHolder {
    /// Which dossier; a key of the request is one among those of the dossier.
    pub dossier: Uuid,
    /// As whom she acts.
    pub applicant: Applicant,
}

impl ReceiptHolder {
    async fn of(request: HttpRequest) -> Result<Self, Problem> {
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let code: DossierCode = header("Dossier-Code").parse().map_err(|_| no_code())?;
        let app = request.app_data::<web::Data<App>>().ok_or(edge::kinds::INTERNAL)?;
        let dossier = identify(app, &code, header("Tracking-Secret")).await?;
        if dossier.applicant.has_account() {
            return Err(error::SIGN_IN_INSTEAD.into());
        }
        let Dossier { id, applicant: party, applicant_name: name, .. } = dossier;
        let capacity = Capacity::Myself;
        let caller = Caller { id: party.id, name: name.clone(), capacity, session: None, scope: None };
        Ok(Self { dossier: id, applicant: Applicant { caller, party, name } })
    }
}

impl FromRequest for ReceiptHolder {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Self::of(request.clone()))
    }
}

/// The dossier of this code, if the secret is its receipt's. Without its rows.
///
/// # Errors
/// 404, alike whether there is such a dossier; what was tried is kept.
pub async fn identify(app: &App, code: &DossierCode, secret: &str) -> Result<Dossier, Problem> {
    let asked = SecretHash::of(secret);
    let mut conn = app.pool.get().await?;
    let found = dossiers::find_tracked(&mut conn, code.as_str()).await?;
    let (dossier, stored) = found.ok_or_else(|| refused(None))?;
    if asked.matches(&stored) { Ok(dossier) } else { Err(refused(Some(dossier.id))) }
}

fn no_code() -> Problem {
    let LocalText { vi, en } = DossierCode::KIND.sentence();
    error::invalid("Dossier-Code", DossierCode::KIND.name, &vi, &en)
}

fn refused(dossier: Option<Uuid>) -> Problem {
    let about = dossier.map(|id| Subject { kind: "dossier", id: id.to_string() });
    Problem::from(error::DOSSIER_NOT_FOUND).refused_as(SecurityEvent::TrackingRefused, about)
}
