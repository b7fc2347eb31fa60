//! Columns whose text or number stands for one of our types.

use std::{fmt::Display, str::FromStr};

use civic::Vnd;
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    sql_types::{BigInt, Text},
};

/// A text column that holds a `T`.
#[derive(Clone, Copy, Debug, FromSqlRow)]
pub struct Word<T>(pub T);

impl<T: FromStr<Err: Display>> FromSql<Text, Pg> for Word<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Pg>>::from_sql(value)?;
        text.parse().map(Self).map_err(|why: T::Err| why.to_string().into())
    }
}

/// A number column that holds đồng.
#[derive(Clone, Copy, Debug, FromSqlRow)]
pub struct Dong(pub Vnd);

impl FromSql<BigInt, Pg> for Dong {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let dong = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
        Vnd::new(dong).map(Self).map_err(|why| why.to_string().into())
    }
}
