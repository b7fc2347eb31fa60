//! `POST /api/v1/dossiers/{id}/submission`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{DossierCode, DossierStatus, Party, Secret, Vnd, events::FeeLine};
use edge::{Applicant, Claim, Command, IdempotencyHeader, NoBody, Problem, Reply};
use procedure::PinnedProcedure;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        dossier::Refusal,
        filing::Filing,
        tracking::{SecretHash, secret},
    },
    error,
    store::{
        dossiers,
        file_dossier::{NewFiling, Request, placeholder},
        filing_queue::Permit,
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
    let permit = app.filings.enter()?;
    let claim = command.claim(applicant.caller.id);
    let judged = judge(&app, *id, &applicant).await?;
    let filed = match judged {
        Ok(judged) => file(&app, &applicant, claim.clone(), judged, &permit).await?,
        Err(refusal) => Err(refusal.into()),
    };
    match filed {
        Ok(reply) => Ok(reply),
        // A dossier that is filed already may have been filed by this very request.
        Err(refusal) => match claim.earlier(&mut *app.pool.get().await?).await? {
            Some(earlier) => Ok(earlier),
            None => Err(refusal),
        },
    }
}

/// A filing in order, with what it was judged by.
struct Judged {
    pinned: Arc<PinnedProcedure>,
    filing: Filing,
}

/// Everything that needs no lock.
async fn judge(app: &App, id: Uuid, applicant: &Applicant) -> Result<Result<Judged, Refusal>, Problem> {
    let find =
        async |wanted: &[(Uuid, Party)]| Ok(dossiers::find_with_components(&mut *app.pool.get().await?, wanted).await?);
    let draft = app.to_be_filed.ask((id, applicant.party), find).await?;
    let (dossier, components) = draft.ok_or(error::DOSSIER_NOT_FOUND)?;
    let pinned = app.pinned(dossier.procedure_version).await?;
    let tracking_secret = secret(app.life.random.bytes());
    let filing = dossier.file(&pinned, &components, tracking_secret, app.life.clock.now(), &app.calendar);
    Ok(filing.map(|filing| Judged { pinned, filing }))
}

/// Writes it, together with others. The inner error is for one that is not as it was judged any more.
async fn file(
    app: &App,
    applicant: &Applicant,
    claim: Claim,
    Judged { pinned, filing }: Judged,
    permit: &Permit,
) -> Result<Result<Reply, Problem>, Problem> {
    let secret_hash = SecretHash::of(filing.tracking_secret.expose());
    let location = format!("/api/v1/dossiers/{}", filing.draft.id);
    let placeholder = placeholder(&filing)?;
    let reply = Reply::created(&receipt(&filing, &placeholder), &*location);
    let request = Request { filer: &applicant.caller, claim, location: &location, reply: reply.body() };
    let new = NewFiling::new(&filing, &pinned.procedure, secret_hash, request, &app.outbox, &app.life)?;
    let code = app.filings.file(new, permit).await?;
    let reply = code.map(|code| reply.with(placeholder.as_str(), code.as_str()));
    Ok(reply.ok_or_else(|| error::CHANGED_MEANWHILE.into()))
}

fn receipt(filing: &Filing, code: &DossierCode) -> SubmissionReceipt {
    let fee = filing.fee.as_ref();
    SubmissionReceipt {
        dossier_id: filing.draft.id,
        code: code.clone(),
        status: filing.status(),
        submitted_at: filing.submitted_at,
        due_at: filing.due_at,
        tracking_secret: filing.tracking_secret.clone(),
        fee: fee.map(|(order_id, fee)| FeeDue { order_id: *order_id, total: fee.total, lines: fee.lines.clone() }),
    }
}
