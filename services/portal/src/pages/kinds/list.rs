//! A list: what the API gives a page at a time, and the way to the next page under the list's own address.

use serde::Deserialize;
use serde_json::Value;

use crate::{failure::Failure, query::Query, signed_in::SignedIn, visit::Visit};

/// Which page of a list, and by which words it is searched where it can be.
#[derive(Deserialize)]
pub(crate) struct ListQuery {
    q: Option<String>,
    pub cursor: Option<String>,
}

impl ListQuery {
    /// The words without spaces around them; empty when there are none.
    pub fn words(&self) -> &str {
        self.q.as_deref().map(str::trim).unwrap_or_default()
    }
}

/// A list, as one of its pages is asked for.
pub(crate) struct List<'a> {
    /// The address of its page,
    pub page: &'a str,
    /// and of its items in the API.
    pub source: &'a str,
    /// Which of them; the same names in both addresses.
    pub filter: Query,
    pub cursor: Option<&'a str>,
}

/// A page of it.
pub(crate) struct Listed {
    pub items: Value,
    /// The address of the next one, when there is one.
    pub next: Option<String>,
}

impl List<'_> {
    /// As everybody may see it.
    ///
    /// # Errors
    /// As [`Visit::published`].
    pub async fn published(&self, visit: &Visit) -> Result<Listed, Failure> {
        let found = visit.published(&self.asked()).await?;
        Ok(self.listed(&found))
    }

    /// As who is signed in may see it.
    ///
    /// # Errors
    /// As [`crate::api::Api::get`].
    pub async fn own(&self, visit: &SignedIn) -> Result<Listed, Failure> {
        let found = visit.api().get(&self.asked()).await?;
        Ok(self.listed(&found))
    }

    fn asked(&self) -> String {
        self.filter.clone().with("cursor", self.cursor).after(self.source)
    }

    fn listed(&self, found: &Value) -> Listed {
        let next =
            found["next"].as_str().map(|cursor| self.filter.clone().with("cursor", Some(cursor)).after(self.page));
        Listed { items: found["items"].clone(), next }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_next_page_stands_under_the_lists_own_address_with_the_same_filter() {
        let filter = Query::default().with("q", Some("khai sinh"));
        let list = List { page: "/procedures", source: "/api/v1/procedures", filter, cursor: Some("a") };
        assert_eq!(list.asked(), "/api/v1/procedures?q=khai+sinh&cursor=a");
        let listed = list.listed(&json!({"items": [1], "next": "b"}));
        assert_eq!((listed.items, listed.next.as_deref()), (json!([1]), Some("/procedures?q=khai+sinh&cursor=b")));
        assert_eq!(list.listed(&json!({"items": []})).next, None);
    }
}
