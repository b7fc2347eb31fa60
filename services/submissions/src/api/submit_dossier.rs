//! `POST /api/v1/dossiers/{id}/submission`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{DossierCode, DossierStatus, Secret, Vnd, events::FeeLine};
use edge::{Applicant, Command, IdempotencyHeader, NoBody, Problem, Reply};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        dossier::{Dossier, Refusal},
        filing::Filing,
        procedure::PinnedProcedure,
        tracking::{SecretHash, secret},
    },
    error,
    store::{
        documents,
        dossiers::{self, Reader},
        file_dossier::{NewFiling, file_dossier},
    },
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
    fee: Option<FeeDue>,
}

/// A fee to pay.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SubmissionFee)]
pub struct FeeDue {
    /// The payment order.
    order_id: Uuid,
    /// The total.
    total: Vnd,
    /// What for.
    lines: Vec<FeeLine>,
}

/// A filing, judged, with what it was judged by.
struct Judged {
    pinned: Arc<PinnedProcedure>,
    filing: Result<Filing, Refusal>,
}

/// Files a draft whose form and papers are complete. The agency's officials are told at once, or when the fee is paid.
#[utoipa::path(
    operation_id = "submit_dossier",
    tag = "dossiers",
    summary = "File a dossier",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader),
    responses((status = 201, description = "It is filed", body = SubmissionReceipt, headers(
        ("Location" = String, description = "Where the dossier stands"),
    ))),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/submission")]
pub async fn submit_dossier(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let now = app.life.clock.now();
    let tracking_secret = secret(app.life.random.bytes());
    let secret_hash = SecretHash::of(tracking_secret.expose());
    let Judged { pinned, filing } = judge(&app, *id, &applicant, tracking_secret, now).await?;
    command
        .once(&app.pool, applicant.caller.id, now, async |conn, NoBody {}| {
            // A refusal comes after the look for an earlier answer: a filed dossier's receipt can be asked for again.
            let filing = filing?;
            let procedure = &pinned.procedure;
            let new = NewFiling { filing: &filing, procedure, secret_hash, filer: &applicant.caller };
            let filed = file_dossier(conn, &app.outbox, &app.life, &new).await?;
            let location = format!("/api/v1/dossiers/{}", filed.id);
            Ok(Reply::created(&receipt(filing, filed)?, location))
        })
        .await
}

/// Everything that needs no lock, before the transaction.
async fn judge(
    app: &App,
    id: Uuid,
    applicant: &Applicant,
    tracking_secret: Secret,
    now: DateTime<Utc>,
) -> Result<Judged, Problem> {
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, id, &Reader::Party(applicant.party)).await?;
    let dossier = dossier.ok_or(error::DOSSIER_NOT_FOUND)?;
    let pinned = app.procedure(&mut conn, dossier.procedure_version).await?;
    let components: Vec<_> =
        documents::of_dossier(&mut conn, id).await?.into_iter().map(|document| document.component).collect();
    drop(conn);
    let filing = dossier.file(&pinned, &components, tracking_secret, now, &app.calendar);
    Ok(Judged { pinned, filing })
}

fn receipt(filing: Filing, dossier: Dossier) -> Result<SubmissionReceipt, Problem> {
    let filed = dossier.filed.ok_or(Refusal::Status(dossier.status))?;
    Ok(SubmissionReceipt {
        dossier_id: dossier.id,
        code: filed.code,
        status: dossier.status,
        submitted_at: filed.submitted_at,
        due_at: filed.due_at,
        tracking_secret: filing.tracking_secret,
        fee: filing.fee.map(|(order_id, fee)| FeeDue { order_id, total: fee.total, lines: fee.lines }),
    })
}
