//! An official takes a dossier in by hand: what who stands before her, the post or who is helped online hands in is filed, and at a counter
//! received, in one transaction.

use std::{collections::HashSet, slice, sync::Arc};

use civic::{
    AgencyCode, CitizenNumber, DossierCode, DossierStatus, FilingChannel, Party, PersonName, ProcedureCode, VIETNAM,
};
use diesel_async::AsyncPgConnection;
use edge::{Claim, Official, Problem, Reply};
use procedure::{Expectation, PinnedProcedure};
use serde_json::Value;
use uuid::Uuid;

use super::{duties::Receives, file::location, receive::received};
use crate::{
    app::App,
    domain::{
        actions::choose_return::WantedReturn,
        clock::Clock,
        dossier::{Dossier, dossier_id},
        filing::Filing,
        intake::{ConsentProof, HandedPaper, consent_fits, may_be_taken_in},
        stage::Actor,
        tracking::{SecretHash, secret},
    },
    error,
    store::{
        agencies,
        consents::{self, Consent},
        dossiers,
        file_dossier::{NewFiling, Request, file_dossiers, placeholder},
        handed_papers, procedures, staff, visitors, wanted_returns,
    },
};

/// What is taken in.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The procedure, in its current version.
    pub procedure: ProcedureCode,
    /// The agency that it is for.
    pub agency: AgencyCode,
    /// By which door.
    pub channel: FilingChannel,
    /// The applicant's name.
    pub name: PersonName,
    /// Her citizen number, by which she is found again.
    pub citizen_number: Option<CitizenNumber>,
    /// Her account, if she has one.
    pub account: Option<Uuid>,
    /// What the form says.
    pub answers: Value,
    /// The papers that she handed in.
    pub papers: Vec<HandedPaper>,
    /// What shows that she agreed to be helped online.
    pub consent: Option<ConsentProof>,
    /// How she wants the result, if she said so.
    pub wanted: Option<WantedReturn>,
}

/// Takes a dossier in at `centre`, once for its key; `receipt` makes the answer of the filing and its code.
pub async fn take_in(
    app: &App,
    centre: &AgencyCode,
    official: &Official<Receives>,
    intake: Intake,
    claim: Claim,
    receipt: impl Fn(&Filing, &DossierCode) -> Reply,
) -> Result<Reply, Problem> {
    let work =
        async |conn: &mut AsyncPgConnection| take(app, conn, centre, official, intake, claim.clone(), receipt).await;
    match app.pool.transaction(work).await {
        Ok(reply) => Ok(reply),
        // This very request may have been answered before, or a moment ago.
        Err(refusal) => match claim.earlier(&mut *app.pool.get().await?).await? {
            Some(earlier) => Ok(earlier),
            None => Err(refusal),
        },
    }
}

async fn take(
    app: &App,
    conn: &mut AsyncPgConnection,
    centre: &AgencyCode,
    official: &Official<Receives>,
    intake: Intake,
    claim: Claim,
    receipt: impl Fn(&Filing, &DossierCode) -> Reply,
) -> Result<Reply, Problem> {
    if !consent_fits(intake.channel, intake.consent) {
        return Err(no_consent());
    }
    if procedures::is_withdrawn(conn, &intake.procedure).await? {
        return Err(error::PROCEDURE_WITHDRAWN.into());
    }
    let current = procedures::current(conn, &intake.procedure).await?.ok_or_else(error::unknown_procedure)?;
    let name = agencies::name(conn, &intake.agency).await?.ok_or_else(error::unknown_agency)?;
    may_be_taken_in(&current.procedure, centre, &intake.agency)
        .map_err(|_| error::elsewhere(error::NOT_TAKEN_IN_THERE, Some(name).into_iter()))?;
    if intake.channel == FilingChannel::Online && !current.procedure.is_filed_online() {
        return Err(error::NOT_FILED_ONLINE.into());
    }
    let pinned = app.procedure(conn, current.id).await?;
    let draft = draft(app, conn, centre, official, &intake, (current.id, &pinned)).await?;
    let citizen_number = staff::citizen_number(conn, official.caller.id).await?;
    if citizen_number.is_some() && citizen_number == intake.citizen_number {
        return Err(error::OWN_DOSSIER.into());
    }
    draft.may_be_handled_by(&Actor { id: official.caller.id, citizen_number, ..Actor::default() })?;
    let components = components(&pinned, &intake.papers)?;
    let secret = secret(app.life.random.bytes());
    let calendar = app.calendars.of(&draft.agency);
    let filing = draft.file(&pinned, &components, secret, app.life.clock.now(), &calendar)?;
    dossiers::insert(conn, &draft).await?;
    let reply = file(app, conn, official, &pinned, &filing, claim, receipt).await?;
    let handed: Vec<_> = intake.papers.iter().filter(|paper| paper.is_any()).cloned().collect();
    handed_papers::insert(conn, draft.id, &handed).await?;
    if let Some(proof) = intake.consent {
        let (dossier, helper, given_at) = (draft.id, official.caller.id, filing.submitted_at);
        consents::insert(conn, &Consent { dossier, helper, agency: centre.clone(), proof, given_at }).await?;
    }
    if let Some(wanted) = &intake.wanted {
        wanted_returns::save(conn, draft.id, wanted, filing.submitted_at).await?;
    }
    if intake.channel != FilingChannel::Online {
        let filed = dossiers::lock_any(conn, draft.id).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
        received(app, conn, filed, &official.caller).await?;
    }
    Ok(reply)
}

/// What is filed, with its answers as they are kept.
async fn draft(
    app: &App,
    conn: &mut AsyncPgConnection,
    centre: &AgencyCode,
    official: &Official<Receives>,
    intake: &Intake,
    (version, pinned): (Uuid, &PinnedProcedure),
) -> Result<Dossier, Problem> {
    let now = app.life.clock.now();
    let today = now.with_timezone(&VIETNAM).date_naive();
    // What is wrong with them is said when it is filed, together with the papers that are missing.
    let judged = pinned.judge(intake.answers.clone(), Expectation::Complete, today);
    Ok(Dossier {
        id: dossier_id(app.life.new_id(), &intake.agency),
        procedure_version: version,
        agency: intake.agency.clone(),
        applicant: applicant(app, conn, intake).await?,
        filer: official.caller.id,
        channel: intake.channel,
        taken_at: Some(centre).filter(|centre| **centre != intake.agency).cloned(),
        helped: intake.consent.is_some(),
        applicant_name: intake.name.as_str().to_owned(),
        status: DossierStatus::Draft,
        answers: judged.answers.to_string(),
        version: 1,
        filed: None,
        charges: Vec::new(),
        clock: Clock::default(),
        custody: Vec::new(),
        place: None,
        requests: Vec::new(),
        lateness: Vec::new(),
        created_at: now,
        received_at: None,
        completed_at: None,
    })
}

/// Whose dossier it is: of the account, or of who came with this number before.
async fn applicant(app: &App, conn: &mut AsyncPgConnection, intake: &Intake) -> Result<Party, Problem> {
    if let Some(account) = intake.account {
        return Ok(Party::person(account));
    }
    let visitor = Party::visitor(app.life.new_id());
    match &intake.citizen_number {
        Some(number) => Ok(visitors::find_or_note(conn, number, visitor, app.life.clock.now()).await?),
        None => Ok(visitor),
    }
}

/// What the papers that were handed in are for; each stands once, of which none was handed in too.
fn components(pinned: &PinnedProcedure, papers: &[HandedPaper]) -> Result<Vec<String>, Problem> {
    let (mut before, mut found) = (HashSet::new(), Vec::new());
    for (place, paper) in papers.iter().enumerate() {
        let pointer = || format!("/papers/{place}/component");
        pinned.procedure.component(&paper.component).ok_or_else(|| error::unknown_component(&pointer()))?;
        if !before.insert(&paper.component) {
            return Err(error::repeated_component(&pointer()));
        }
        if paper.is_any() {
            found.push(paper.component.clone());
        }
    }
    Ok(found)
}

/// Files it by the statement that files what comes online: the code is of the same series.
async fn file(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Receives>,
    pinned: &Arc<PinnedProcedure>,
    filing: &Filing,
    claim: Claim,
    receipt: impl Fn(&Filing, &DossierCode) -> Reply,
) -> Result<Reply, Problem> {
    let (placeholder, location) = (placeholder(filing)?, location(filing.draft.id));
    let reply = receipt(filing, &placeholder);
    let request = Request { filer: &official.caller, claim, location: &location, reply: reply.body() };
    let secret_hash = SecretHash::of(filing.tracking_secret.expose());
    let new = NewFiling::new(filing, pinned, secret_hash, request, &app.outbox, &app.life)?;
    let code = file_dossiers(conn, slice::from_ref(&new)).await?.into_iter().flatten().next();
    let code = code.ok_or(error::CHANGED_MEANWHILE)?;
    Ok(reply.with(placeholder.as_str(), code.as_str()))
}

fn no_consent() -> Problem {
    error::invalid(
        "/consent",
        "consent",
        "Nộp trực tuyến có hỗ trợ thì ghi rõ cách người nộp đồng ý; nộp tại quầy hoặc qua bưu chính thì không ghi.",
        "For help with filing online, say by what the applicant agreed; at the counter and by post, do not.",
    )
}
