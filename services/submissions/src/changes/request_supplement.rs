//! An official asks an applicant for further papers. When they do not come in time, that is noticed by itself.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, TimeLimit};
use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::RequestsSupplements, lapse_supplement::LapseSupplement, record};
use crate::{
    app::App,
    domain::{
        actions::{Action, request_supplement::Supplement},
        dossier::Dossier,
        request::AskedPaper,
    },
    error,
    store::history::Remarks,
};

/// What is asked for, as it was written.
pub struct AskedFor {
    /// The papers.
    pub papers: Vec<AskedPaper>,
    /// What else the applicant reads.
    pub message: Option<String>,
    /// Why once more.
    pub override_reason: Option<String>,
}

/// Asks for papers of the dossier `id` of an agency where the official serves; gives it as it is then.
pub async fn request_supplement(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<RequestsSupplements>,
    version: Option<&IfMatch>,
    asked: AskedFor,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::RequestSupplement).await?;
    let unknown = |paper: &&AskedPaper| work.procedure().component(&paper.component).is_none();
    if let Some(place) = asked.papers.iter().position(|paper| unknown(&paper)) {
        return Err(error::unknown_component(&format!("/papers/{place}/component")));
    }
    let (now, answer_by) = (app.life.clock.now(), answer_by(app, &work.before.agency));
    let AskedFor { papers, message, override_reason } = asked;
    let note = override_reason.clone();
    let asked = Supplement { papers, message, override_reason, answer_by };
    let change =
        work.dossier.request_supplement(work.procedure(), asked, official.caller.id, now, &work.calendar(app))?;
    let remarks = Remarks { note: note.as_deref(), reason: None };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.supplement_requested", remarks };
    record(app, conn, &work.before, &change, cause).await?;
    let request = i32::try_from(change.dossier.requests.len()).unwrap_or(i32::MAX);
    queue::enqueue(conn, &app.life, &LapseSupplement { dossier: id, request }, answer_by).await?;
    Ok(change.dossier)
}

/// Until when papers are waited for that are asked for now.
fn answer_by(app: &App, agency: &AgencyCode) -> DateTime<Utc> {
    TimeLimit::WorkingDays { days: app.supplement_days }.due(app.life.clock.now(), &app.calendars.of(agency))
}
