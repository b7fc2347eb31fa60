//! A receiver takes in at the counter what an applicant was asked for, scanned or on paper: the work goes on.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::TakesSupplements, found_to_handle, record};
use crate::{
    app::App,
    domain::{dossier::Dossier, intake::HandedPaper, request::WrongPaper},
    error,
    store::{documents, dossiers::Reader, history::Remarks, supplied_papers},
};

/// Takes in what the open request about the dossier `id` asks for, at its agency or at the centre that took it in: `papers` are those that
/// were handed in on paper. Gives the dossier as it is then.
pub async fn take_supplement(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<TakesSupplements>,
    version: Option<&IfMatch>,
    papers: &[HandedPaper],
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let reader = Reader::Desks(official.agencies());
    let dossier = found_to_handle(conn, id, &reader, version, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let (number, mut supplied) = match dossier.open_supplement() {
        Some((number, open)) => {
            open.asks_for(papers.iter().map(|paper| &*paper.component)).map_err(wrong_paper)?;
            (number, documents::supplied(conn, id, number).await?)
        }
        None => (0, Vec::new()),
    };
    let handed: Vec<HandedPaper> = papers.iter().filter(|paper| paper.is_any()).cloned().collect();
    supplied.extend(handed.iter().map(|paper| paper.component.clone()));
    let (now, calendar) = (app.life.clock.now(), app.calendars.of(&dossier.agency));
    let change = dossier.take_supplement(&pinned.procedure, &supplied, official.caller.id, now, &calendar)?;
    supplied_papers::insert(conn, id, number, &handed).await?;
    let remarks = Remarks { note, reason: None };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.supplement_taken", remarks };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}

fn wrong_paper((place, why): (usize, WrongPaper)) -> Problem {
    let pointer = format!("/papers/{place}/component");
    match why {
        WrongPaper::NotAsked => {
            let (vi, en) = ("Cơ quan không yêu cầu bổ sung giấy tờ này.", "The agency did not ask for this paper.");
            error::invalid(&pointer, "not-asked", vi, en)
        }
        WrongPaper::Repeated => error::repeated_component(&pointer),
    }
}
