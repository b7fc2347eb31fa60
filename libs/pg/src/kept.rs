//! Statements written by hand that each connection prepares once.

use diesel::{
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    result::QueryResult,
    sql_types::Untyped,
};

/// A statement written by hand that each connection keeps prepared; made by [`kept`].
pub struct Kept<Q>(Q);

/// Has each connection prepare `query`, a [`diesel::sql_query`] with its values, once; by itself it would be prepared anew, in a
/// round trip of its own, every time. Every text stays in memory, so it must not be put together while the process runs.
///
/// For statements that only insert: the plan stays too, and one made while a table was nearly empty reads all of it when it is
/// long.
pub fn kept<Q: QueryFragment<Pg>>(query: Q) -> Kept<Q> {
    Kept(query)
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Kept<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q> QueryId for Kept<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> Query for Kept<Q> {
    type SqlType = Untyped;
}
