//! The papers that were handed in, as receivers ticked them.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::intake::HandedPaper, schema::handed_papers};

/// Writes those of a dossier.
pub async fn insert(conn: &mut AsyncPgConnection, dossier: Uuid, papers: &[HandedPaper]) -> QueryResult<()> {
    let row = |paper: &HandedPaper| {
        (
            handed_papers::dossier.eq(dossier),
            handed_papers::component.eq(paper.component.clone()),
            handed_papers::originals.eq(paper.originals),
            handed_papers::copies.eq(paper.copies),
        )
    };
    let rows: Vec<_> = papers.iter().map(row).collect();
    diesel::insert_into(handed_papers::table).values(rows).execute(conn).await?;
    Ok(())
}

/// Those of a dossier, by component.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<HandedPaper>> {
    let own = handed_papers::table.filter(handed_papers::dossier.eq(dossier)).order(handed_papers::component);
    let rows = own.select((handed_papers::component, handed_papers::originals, handed_papers::copies));
    let rows: Vec<(String, i16, i16)> = rows.load(conn).await?;
    Ok(rows.into_iter().map(|(component, originals, copies)| HandedPaper { component, originals, copies }).collect())
}
