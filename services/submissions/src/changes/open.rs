//! A draft is begun.

use civic::{AgencyCode, DossierStatus, FilingChannel, ProcedureCode};
use diesel_async::AsyncPgConnection;
use edge::{Applicant, Problem};
use procedure::Procedure;

use crate::{
    app::App,
    domain::{
        clock::Clock,
        dossier::{Dossier, dossier_id},
        drafts::most_drafts,
        intake::handles,
    },
    error,
    store::{agencies, dossiers, drafts, procedures},
};

/// So many agencies are looked at for where to go instead.
const LOOKED_AT: i64 = 1000;
/// So many are named.
const NAMED: usize = 5;

/// Begins a draft for `agency`, pinned to the current version of `procedure`; gives it.
pub async fn open(
    app: &App,
    conn: &mut AsyncPgConnection,
    procedure: &ProcedureCode,
    agency: AgencyCode,
    applicant: &Applicant,
) -> Result<Dossier, Problem> {
    if procedures::is_withdrawn(conn, procedure).await? {
        return Err(error::PROCEDURE_WITHDRAWN.into());
    }
    let procedure = procedures::current(conn, procedure).await?.ok_or_else(error::unknown_procedure)?;
    if !procedure.procedure.is_filed_online() {
        return Err(error::NOT_FILED_ONLINE.into());
    }
    agencies::name(conn, &agency).await?.ok_or_else(error::unknown_agency)?;
    is_offered(conn, &procedure.procedure, &agency).await?;
    // Counted and not locked: a few more, begun in the same moment, do no harm.
    let party = applicant.party;
    if drafts::count(conn, party.id, applicant.caller.id).await? >= most_drafts(party.kind) {
        return Err(error::TOO_MANY_DRAFTS.into());
    }
    let dossier = Dossier {
        id: dossier_id(app.life.new_id(), &agency),
        procedure_version: procedure.id,
        agency,
        applicant: applicant.party,
        filer: applicant.caller.id,
        channel: FilingChannel::Online,
        taken_at: None,
        helped: false,
        applicant_name: applicant.name.clone(),
        status: DossierStatus::Draft,
        answers: "{}".into(),
        version: 1,
        filed: None,
        charges: Vec::new(),
        clock: Clock::default(),
        custody: Vec::new(),
        place: None,
        requests: Vec::new(),
        lateness: Vec::new(),
        created_at: app.life.clock.now(),
        received_at: None,
        completed_at: None,
    };
    dossiers::insert(conn, &dossier).await?;
    Ok(dossier)
}

/// Whether a dossier of `procedure` can be filed online at `agency`: one that carries it out and has somebody to receive it.
async fn is_offered(conn: &mut AsyncPgConnection, procedure: &Procedure, agency: &AgencyCode) -> Result<(), Problem> {
    if handles(procedure, agency) && agencies::has_receiver(conn, agency).await? {
        return Ok(());
    }
    let there = agencies::with_receivers(conn, LOOKED_AT).await?;
    let there = there.into_iter().filter(|(code, _)| code.root() == agency.root() && handles(procedure, code));
    Err(error::elsewhere(error::NOT_OFFERED_THERE, there.map(|(_, name)| name).take(NAMED)))
}
