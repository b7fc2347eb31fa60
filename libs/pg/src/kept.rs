//! Statements that each connection prepares once, which diesel by itself would prepare anew each time.

use diesel::{
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    result::QueryResult,
    sql_types::Untyped,
};

/// A statement that each connection keeps prepared; made by [`kept`].
pub struct Kept<Q>(Q);

/// Has each connection prepare `query` once: a [`diesel::sql_query`] with its values, an update, or an insert of a row with options. By itself
/// each of these would be prepared anew, in a round trip of its own, every time, as six statements of a callback that settles were. Every text
/// stays in memory, so there must be few of them: none that is put together while the process runs.
///
/// For statements that only insert, or that find their row by its key: the plan stays too, and one made while a table was nearly empty may read
/// all of it when it is long.
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
