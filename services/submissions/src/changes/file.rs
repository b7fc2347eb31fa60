//! A draft is filed, together with all others that are filed at that moment.

use std::sync::Arc;

use civic::DossierCode;
use edge::{Applicant, Claim, IfMatch, Problem, Reply};
use procedure::PinnedProcedure;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        filing::Filing,
        tracking::{SecretHash, secret},
    },
    error,
    filings::Permit,
    store::file_dossier::{NewFiling, Request, placeholder},
};

/// Files the draft `id`, as it is or as it was at `version`, once for its key; `receipt` makes the answer of the filing and its code.
pub async fn file(
    app: &App,
    id: Uuid,
    applicant: &Applicant,
    version: Option<&IfMatch>,
    claim: Claim,
    permit: &Permit,
    receipt: impl Fn(&Filing, &DossierCode) -> Reply,
) -> Result<Reply, Problem> {
    let filed = match judge(app, id, applicant, version).await {
        Ok(judged) => write(app, applicant, claim.clone(), judged, permit, receipt).await,
        Err(refusal) => Err(refusal),
    };
    match filed {
        // A dossier that is filed already may have been filed by this very request.
        Err(refusal) if CONFLICTS.contains(&refusal.kind.status) => {
            match claim.earlier(&mut *app.pool.get().await?).await? {
                Some(earlier) => Ok(earlier),
                None => Err(refusal),
            }
        }
        filed => filed,
    }
}

/// The statuses of a refusal that is about the dossier as it is now.
const CONFLICTS: [u16; 2] = [409, 412];

/// A filing in order, with what it was judged by.
struct Judged {
    pinned: Arc<PinnedProcedure>,
    filing: Filing,
}

/// Everything that needs no lock.
async fn judge(app: &App, id: Uuid, applicant: &Applicant, version: Option<&IfMatch>) -> Result<Judged, Problem> {
    let draft = app.filings.draft(&app.pool, id, applicant.party).await?;
    let (dossier, components) = draft.ok_or(error::DOSSIER_NOT_FOUND)?;
    if let Some(version) = version {
        version.check(dossier.version)?;
    }
    let pinned = app.pinned(dossier.procedure_version).await?;
    let tracking_secret = secret(app.life.random.bytes());
    let calendar = app.calendars.of(&dossier.agency);
    let filing = dossier.file(&pinned, &components, tracking_secret, app.life.clock.now(), &calendar)?;
    Ok(Judged { pinned, filing })
}

/// Writes it, together with others, unless it is not as it was judged any more.
async fn write(
    app: &App,
    applicant: &Applicant,
    claim: Claim,
    Judged { pinned, filing }: Judged,
    permit: &Permit,
    receipt: impl Fn(&Filing, &DossierCode) -> Reply,
) -> Result<Reply, Problem> {
    let secret_hash = SecretHash::of(filing.tracking_secret.expose());
    let placeholder = placeholder(&filing)?;
    let location = location(filing.draft.id);
    let reply = receipt(&filing, &placeholder);
    let request = Request { filer: &applicant.caller, claim, location: &location, reply: reply.body() };
    let new = NewFiling::new(&filing, &pinned, secret_hash, request, &app.outbox, &app.life)?;
    let code = app.filings.file(new, permit).await?;
    let reply = code.map(|code| reply.with(placeholder.as_str(), code.as_str()));
    reply.ok_or_else(|| error::CHANGED_MEANWHILE.into())
}

/// Where a dossier stands.
pub fn location(dossier: Uuid) -> String {
    format!("/api/v1/dossiers/{dossier}")
}
