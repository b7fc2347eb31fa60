//! Versions of procedures that dossiers are pinned to, compiled once. They never change, so they are kept until there are more.

use std::sync::Arc;

use diesel_async::AsyncPgConnection;
use edge::Problem;
use procedure::PinnedProcedure;
use uuid::Uuid;

use crate::store::procedures;

/// Versions kept.
const KEPT: u64 = 2_000;

/// The versions that are known.
#[derive(Clone)]
pub struct Pinned(moka::future::Cache<Uuid, Arc<PinnedProcedure>>);

impl Default for Pinned {
    fn default() -> Self {
        Self(moka::future::Cache::new(KEPT))
    }
}

impl Pinned {
    /// A version, if it is known.
    pub async fn known(&self, id: Uuid) -> Option<Arc<PinnedProcedure>> {
        self.0.get(&id).await
    }

    /// A version, read if it is not known yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(&self, conn: &mut AsyncPgConnection, id: Uuid) -> Result<Arc<PinnedProcedure>, Problem> {
        let compile = async { Ok(Arc::new(procedures::pinned(conn, id).await?)) };
        self.0.try_get_with(id, compile).await.map_err(Arc::unwrap_or_clone)
    }
}
