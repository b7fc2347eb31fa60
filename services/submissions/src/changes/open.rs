//! A draft is begun.

use civic::{AgencyCode, DossierStatus, ProcedureCode};
use diesel_async::AsyncPgConnection;
use edge::{Applicant, Problem};

use crate::{
    app::App,
    domain::{
        clock::Clock,
        dossier::{Dossier, dossier_id},
        drafts::most_drafts,
    },
    error,
    store::{agencies, dossiers, drafts, procedures},
};

/// Begins a draft for `agency`, pinned to the current version of `procedure`; gives it.
pub async fn open(
    app: &App,
    conn: &mut AsyncPgConnection,
    procedure: &ProcedureCode,
    agency: AgencyCode,
    applicant: &Applicant,
) -> Result<Dossier, Problem> {
    let procedure = procedures::current(conn, procedure).await?.ok_or_else(unknown_procedure)?;
    if !procedure.procedure.is_filed_online() {
        return Err(error::NOT_FILED_ONLINE.into());
    }
    agencies::name(conn, &agency).await?.ok_or_else(unknown_agency)?;
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

fn unknown_procedure() -> Problem {
    error::invalid("/procedure", "unknown", "Không có thủ tục này.", "There is no such procedure.")
}

fn unknown_agency() -> Problem {
    error::invalid("/agency", "unknown", "Không có cơ quan này.", "There is no such agency.")
}
