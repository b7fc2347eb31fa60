//! What is the same for everybody and read by every page: procedures, agencies, the catalogue. Kept for a second.

use std::{sync::Arc, time::Duration};

use moka::future::Cache;
use serde_json::Value;

use super::Api;
use crate::failure::Failure;

/// As long as catalogue lets its answers be kept: a procedure that is published shows soon.
const KEPT: Duration = Duration::from_secs(1);
/// Answers kept, the largest of which has a quarter of a megabyte.
const MOST: u64 = 500;

/// Good answers to public questions, by path and query. They hold both languages, so that the reader's does not matter.
pub(crate) struct Published(Cache<String, Arc<Value>>);

impl Published {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(KEPT).build())
    }

    /// The answer at `path`, asked for with `api`, which must be nobody's; once, however many ask at the same time.
    ///
    /// # Errors
    /// As [`Api::get`]. A failure is not kept.
    pub async fn get(&self, api: &Api, path: &str) -> Result<Arc<Value>, Failure> {
        let ask = async { Ok(Arc::new(api.get(path).await?)) };
        self.0.try_get_with_by_ref(path, ask).await.map_err(|why: Arc<Failure>| Failure::clone(&why))
    }
}
