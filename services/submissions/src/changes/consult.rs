//! An official asks another agency for its opinion, or takes the question back.

use civic::{AgencyCode, TimeLimit};
use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{
    Cause, at_work::at_work, duties::Consults, found_to_handle, record, remind_consultation::RemindConsultation,
};
use crate::{
    app::App,
    domain::{
        actions::{
            Action,
            answer_consultation::ROLES,
            consult::{Question, Shown},
        },
        dossier::Dossier,
    },
    error,
    store::{agencies, dossiers::Reader, history::Remarks, staff},
};

/// What is asked, as it was written.
pub struct AskedOpinion {
    /// Of whom.
    pub asked_of: AgencyCode,
    /// What.
    pub question: String,
    /// What is shown.
    pub shows: Shown,
}

/// Asks about the dossier `id` of an agency where the official works on it; gives it as it is then.
pub async fn consult(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Consults>,
    version: Option<&IfMatch>,
    asked: AskedOpinion,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Consult).await?;
    if asked.asked_of == work.before.agency {
        let (vi, en) = (
            "Cơ quan này đang giải quyết hồ sơ. Hãy chọn cơ quan khác.",
            "It works on the dossier itself. Name another agency.",
        );
        return Err(error::invalid("/agency", "own", vi, en));
    }
    if agencies::name(conn, &asked.asked_of).await?.is_none() {
        let (vi, en) = ("Không có cơ quan nào mang mã này.", "There is no agency with this code.");
        return Err(error::invalid("/agency", "unknown", vi, en));
    }
    if !staff::of_agency(conn, &asked.asked_of, app.life.clock.now()).await?.has_any(ROLES) {
        let (vi, en) = (
            "Chưa có ai được phân công trả lời tại cơ quan này. Hãy hỏi cơ quan khác, hoặc hỏi bằng văn bản giấy và đề nghị quản trị của cơ quan đó phân công người trả lời.",
            "Nobody is assigned to answer at this agency. Ask another one, or ask in writing on paper and have that agency's administrator assign somebody.",
        );
        return Err(error::invalid("/agency", "nobody-serves", vi, en));
    }
    let now = app.life.clock.now();
    // By the calendar of whoever answers.
    let calendar = app.calendars.of(&asked.asked_of);
    let answer_by = TimeLimit::WorkingDays { days: app.consultation_days }.due(now, &calendar);
    let question = Question { asked_of: asked.asked_of, text: asked.question, shows: asked.shows, answer_by };
    let change = work.dossier.consult(work.procedure(), question, official.caller.id, now)?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.consulted", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    let request = i32::try_from(change.dossier.requests.len()).unwrap_or(i32::MAX);
    queue::enqueue(conn, &app.life, &RemindConsultation { dossier: id, request }, answer_by).await?;
    Ok(change.dossier)
}

/// Takes the question `number` about the dossier `id` back; gives it as it is then.
pub async fn cancel_consultation(
    app: &App,
    conn: &mut AsyncPgConnection,
    (id, number): (Uuid, i32),
    official: &Official<Consults>,
    version: Option<&IfMatch>,
) -> Result<Dossier, Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), version, &official.caller).await?;
    let change = dossier.cancel_consultation(number)?;
    let (actor, action) = (Some(&official.caller), "dossier.consultation_cancelled");
    record(app, conn, &dossier, &change, Cause { actor, action, remarks: Remarks::default() }).await?;
    Ok(change.dossier)
}
