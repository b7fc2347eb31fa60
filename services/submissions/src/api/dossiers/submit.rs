//! `POST /api/v1/dossiers/{id}/submission`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{DossierCode, DossierStatus, Secret, Vnd, events::FeeLine};
use edge::{Applicant, Command, IdempotencyHeader, IfMatch, NoBody, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    changes::file::{file, location},
    domain::{charge::Charge, filing::Filing},
    error,
};

/// What the applicant is given on filing.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionReceipt {
    /// The dossier.
    dossier_id: Uuid,
    /// Its code.
    code: DossierCode,
    /// Where it stands: `REGISTERED`, or `FEE_DUE` while its fee is not paid.
    status: DossierStatus,
    /// When it was filed.
    submitted_at: DateTime<Utc>,
    /// When the result is expected. Counted again when an official receives the dossier.
    due_at: DateTime<Utc>,
    /// Shows, together with the code, where the dossier stands without signing in.
    #[schema(value_type = String, pattern = "^[0-9a-f]{20}$")]
    tracking_secret: Secret,
    /// What is due now, if anything.
    fee: Option<SubmissionFee>,
}

/// A fee to pay.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionFee {
    /// The payment order.
    order_id: Uuid,
    /// The total.
    total: Vnd,
    /// What for.
    lines: Vec<FeeLine>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::NOT_A_DRAFT,
    error::INCOMPLETE,
    error::CHANGED_MEANWHILE
];

/// File a dossier
///
/// Files a draft whose form and papers are complete. The agency's officials are told at once, or when the fee is paid.
#[utoipa::path(
    operation_id = "submit_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    responses((status = 201, description = "It is filed", body = SubmissionReceipt, headers(
        ("Location" = String, description = "Where the dossier stands"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/submission")]
pub async fn submit_dossier(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let permit = app.filings.enter()?;
    let claim = command.claim(applicant.caller.id);
    let answer =
        |filing: &Filing, code: &DossierCode| Reply::created(&receipt(filing, code), location(filing.draft.id));
    file(&app, *id, &applicant, version.as_ref(), claim, &permit, answer).await
}

fn receipt(filing: &Filing, code: &DossierCode) -> SubmissionReceipt {
    SubmissionReceipt {
        dossier_id: filing.draft.id,
        code: code.clone(),
        status: filing.status(),
        submitted_at: filing.submitted_at,
        due_at: filing.due_at,
        tracking_secret: filing.tracking_secret.clone(),
        fee: filing.charge.as_ref().map(SubmissionFee::from),
    }
}

impl From<&Charge> for SubmissionFee {
    fn from(charge: &Charge) -> Self {
        Self { order_id: charge.order_id, total: charge.total, lines: charge.lines.clone() }
    }
}
