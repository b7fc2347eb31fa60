//! How a statement is shown to officials.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{
        difference::{DifferenceClass, DifferenceState},
        statement::Source,
    },
    store::{
        differences,
        statements::{self, Loaded, StatementState},
    },
};

/// A statement.
#[derive(Serialize, ToSchema)]
#[schema(as = Statement)]
pub struct StatementView {
    /// The statement.
    id: Uuid,
    /// Whose it is.
    source: Source,
    /// The merchant's code or the account's number.
    account: String,
    /// What the file was called.
    file_name: String,
    /// The first day that it is complete for.
    from: NaiveDate,
    /// The last one.
    until: NaiveDate,
    /// Lines of the file.
    lines: i32,
    /// Those that no statement had before.
    new_lines: i32,
    /// How far it has come.
    state: StatementState,
    /// How many of the new lines are compared.
    compared_lines: i64,
    /// Who loaded it.
    loaded_by: String,
    /// When.
    loaded_at: DateTime<Utc>,
    /// When all of it was compared; `null` while it is not.
    compared_at: Option<DateTime<Utc>>,
    /// How many differences it brought, of each class, in each state.
    differences: Vec<DifferenceCount>,
}

/// How many differences.
#[derive(Serialize, ToSchema)]
pub struct DifferenceCount {
    /// Of this class.
    class: DifferenceClass,
    /// In this state.
    state: DifferenceState,
    /// So many.
    count: i64,
}

impl StatementView {
    /// Each of these, as it stands.
    pub async fn of_all(conn: &mut AsyncPgConnection, loaded: Vec<Loaded>) -> Result<Vec<Self>, pg::Error> {
        let ids: Vec<_> = loaded.iter().map(|it| it.id).collect();
        let left = statements::left(conn, &ids).await?;
        let mut views = Vec::with_capacity(loaded.len());
        for statement in loaded {
            let left = left.iter().find(|(id, _)| *id == statement.id).map_or(0, |(_, left)| *left);
            let counts = differences::counts(conn, statement.id).await?;
            views.push(Self::of(statement, left, counts));
        }
        Ok(views)
    }

    /// One that was just loaded, or a known one as it stands.
    pub async fn of_one(conn: &mut AsyncPgConnection, loaded: Loaded) -> Result<Self, pg::Error> {
        Self::of_all(conn, vec![loaded]).await?.pop().ok_or(pg::Error::NotFound)
    }

    fn of(statement: Loaded, left: i64, counts: Vec<(DifferenceClass, DifferenceState, i64)>) -> Self {
        Self {
            id: statement.id,
            source: statement.source,
            account: statement.account,
            file_name: statement.file_name,
            from: statement.from_day,
            until: statement.until_day,
            lines: statement.lines,
            new_lines: statement.new_lines,
            state: statement.state,
            compared_lines: i64::from(statement.new_lines) - left,
            loaded_by: statement.loaded_by_name,
            loaded_at: statement.loaded_at,
            compared_at: statement.compared_at,
            differences: counts
                .into_iter()
                .map(|(class, state, count)| DifferenceCount { class, state, count })
                .collect(),
        }
    }
}
