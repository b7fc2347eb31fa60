//! An action on several dossiers at once: each by itself, so that one that cannot be fails alone, with what came of each.
//!
//! Its words are the messages `bulk-NAME` (what its button says), `bulk-NAME-title`, `bulk-NAME-done` and `bulk-NAME-refused` (with
//! `count`), and `done-NAME`, as of the action on one.

use std::collections::HashSet;

use actix_web::HttpResponse;
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{failure::Failure, posted::Posted, signed_in::SignedIn};

/// A page of the list has fewer.
const MOST: usize = 100;
/// What a ticked box says; its name is the dossier's id.
const TICKED: &str = "ticked";
/// What the API says of a dossier that is in another status by now.
const MOVED: &str = "status-does-not-allow";
/// Actions under way at once.
const AT_ONCE: usize = 4;

/// An action that can be done on several.
#[derive(Debug)]
pub(crate) struct Bulk {
    /// The API's name of it.
    pub name: &'static str,
    /// Its operation below the dossier.
    pub path: &'static str,
    /// What is sent with it, the same for each, as the form says it.
    pub body: fn(&Posted) -> Value,
}

impl Bulk {
    /// Does it on those that are ticked, and shows what came of each; `list` is where they were ticked.
    ///
    /// # Errors
    /// When the API does not answer: the same form may be sent again, and what was done is not done twice.
    pub async fn send(&self, visit: &SignedIn, list: &str, posted: &Posted) -> Result<HttpResponse, Failure> {
        let ticked = Self::ticked(posted);
        if ticked.is_empty() {
            return Ok(visit.go(list));
        }
        let body = (self.body)(posted);
        let outcomes = stream::iter(ticked).map(|id| self.outcome(visit, id, posted.get("key"), &body));
        let outcomes: Vec<_> = outcomes.buffered(AT_ONCE).try_collect().await?;
        let done = outcomes.iter().filter(|outcome| outcome["refused"].is_null()).count();
        let content = json!({
            "action": self.name, "list": list, "done": done, "refused": outcomes.len() - done, "outcomes": outcomes,
        });
        visit.page("work/bulk.html", content)
    }

    /// Those that are ticked.
    pub fn ticked(posted: &Posted) -> Vec<Uuid> {
        let ticked = posted.fields().filter(|(_, value)| *value == TICKED).filter_map(|(name, _)| name.parse().ok());
        let mut before = HashSet::new();
        ticked.filter(|id| before.insert(*id)).take(MOST).collect()
    }

    /// What came of one: the dossier as it stands now, and why it was not done.
    async fn outcome(&self, visit: &SignedIn, id: Uuid, key: &str, body: &Value) -> Result<Value, Failure> {
        let (api, dossier) = (visit.api(), format!("/api/v1/dossiers/{id}"));
        let key = format!("{key}-{}-{id}", self.path);
        let call = api.call(Method::POST, &format!("{dossier}/{}", self.path)).json(body);
        let refused = match call.header("idempotency-key", &key).send_or_join().await {
            Ok(_) => None,
            Err(Failure::Refused(problem)) if problem.status < 500 && problem.status != 401 => Some(problem),
            Err(failure) => return Err(failure),
        };
        // Somebody was quicker: where it stands now says more than that it may not be done.
        let moved = refused.as_ref().is_some_and(|problem| problem.code == MOVED);
        let refused = refused.as_ref().map(|problem| problem.sentence());
        Ok(json!({"id": id, "dossier": api.get(&dossier).await.ok(), "refused": refused, "moved": moved}))
    }
}
