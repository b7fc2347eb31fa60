//! Versions of procedures that dossiers are pinned to, compiled once. They never change, so they are kept until there are more.

use std::sync::Arc;

use diesel_async::AsyncPgConnection;
use edge::Problem;
use procedure::{Form, PinnedProcedure};
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
        let compile = async {
            let procedures::Version { version, procedure, .. } = procedures::version(conn, id).await?;
            // Whether it may be published was judged when it was: by the rules of that day, and for good.
            let form = Form::compile(&procedure.form).map_err(anyhow::Error::msg)?;
            Ok(Arc::new(PinnedProcedure { version, procedure, form }))
        };
        self.0.try_get_with(id, compile).await.map_err(Arc::unwrap_or_clone)
    }
}
