//! The words by which dossiers are found. A filing writes its own (`file_dossiers.sql`).

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Text, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

/// Writes the words of a filed dossier, once; those of its code are added.
pub async fn put(conn: &mut AsyncPgConnection, dossier: Uuid, words: &str) -> QueryResult<()> {
    let put = sql_query(
        "insert into dossier_words (dossier, words)
        select id, $2 || ' ' || words_of_code(agency, code) from dossiers where id = $1 and status <> 'DRAFT'
        on conflict do nothing",
    );
    put.bind::<SqlUuid, _>(dossier).bind::<Text, _>(words).execute(conn).await?;
    Ok(())
}
