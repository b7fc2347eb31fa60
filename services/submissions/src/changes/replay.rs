//! Dossiers as they stand, for a listener that is told them again: batches behind a cursor, locked until they are told.

use std::{
    collections::{HashMap, hash_map::Entry},
    pin::Pin,
};

use civic::events::DossierMoved;
use diesel_async::AsyncPgConnection;
use queue::Batch;

use crate::store::{dossiers, history, procedures};

/// The filed dossiers behind `after`, by id; from the first on when it is empty.
pub fn replay<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    limit: i64,
) -> Pin<Box<dyn Future<Output = Result<Batch<DossierMoved>, pg::Error>> + Send + 'a>> {
    Box::pin(async move {
        let (mut known, mut batch) = (HashMap::new(), Batch::new());
        for dossier in dossiers::filed_after(conn, queue::id_behind(after)?, limit).await? {
            let id = dossier.procedure_version;
            let version = match known.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(procedures::pinned(conn, id).await?),
            };
            let (arrival, documents) = history::arrival(conn, dossier.id).await?;
            let moved = dossier.moved(version, arrival, documents);
            batch.extend(moved.map(|moved| (dossier.id.to_string(), moved)));
        }
        Ok(batch)
    })
}
