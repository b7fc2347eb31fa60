//! Which files rows name.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::{documents, request_files, results};

/// Those of `keys` that a document, a result or an agency's opinion names.
pub async fn named(conn: &mut AsyncPgConnection, keys: &[&str]) -> QueryResult<HashSet<String>> {
    let papers = documents::table.filter(documents::object_key.eq_any(keys)).select(documents::object_key);
    let issued = results::table.filter(results::object_key.eq_any(keys)).select(results::object_key);
    let mut named: Vec<String> = papers.load(conn).await?;
    named.extend(issued.load::<String>(conn).await?);
    let answered =
        request_files::table.filter(request_files::object_key.eq_any(keys)).select(request_files::object_key);
    named.extend(answered.load::<String>(conn).await?);
    Ok(named.into_iter().collect())
}
