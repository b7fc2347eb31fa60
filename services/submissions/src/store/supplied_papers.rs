//! The papers that were asked for and handed in at a counter.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::intake::HandedPaper, schema::supplied_papers};

/// Writes those that answer a request about a dossier.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    dossier: Uuid,
    request: i32,
    papers: &[HandedPaper],
) -> QueryResult<()> {
    let row = |paper: &HandedPaper| {
        (
            supplied_papers::dossier.eq(dossier),
            supplied_papers::request.eq(request),
            supplied_papers::component.eq(paper.component.clone()),
            supplied_papers::originals.eq(paper.originals),
            supplied_papers::copies.eq(paper.copies),
        )
    };
    let rows: Vec<_> = papers.iter().map(row).collect();
    diesel::insert_into(supplied_papers::table).values(rows).execute(conn).await?;
    Ok(())
}

/// Those of a dossier, each with the request that it answers.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<(i32, HandedPaper)>> {
    let own = supplied_papers::table.filter(supplied_papers::dossier.eq(dossier));
    let paper = (supplied_papers::component, supplied_papers::originals, supplied_papers::copies);
    let rows: Vec<(i32, (String, i16, i16))> = own.select((supplied_papers::request, paper)).load(conn).await?;
    let paper = |(component, originals, copies)| HandedPaper { component, originals, copies };
    Ok(rows.into_iter().map(|(request, row)| (request, paper(row))).collect())
}
