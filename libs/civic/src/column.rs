//! Values of the vocabulary as columns: a text is a text, đồng are a number. Only where the feature `diesel` is wanted.

/// Makes a type with `as_str` and `FromStr` a text column: a field of `Queryable`, `Selectable` and `Insertable` rows, and a
/// value in filters, nullable or not. What is stored is read by `FromStr`, or as is said.
#[cfg(feature = "diesel")]
#[macro_export]
macro_rules! text_column {
    ($name:ty) => {
        $crate::text_column!($name, |text: String| text.parse());
    };
    ($name:ty, $read:expr) => {
        $crate::column!($name, Text, String, str, $read, |value: &$name| value.as_str());
    };
}

/// Without the feature there are no columns.
#[cfg(not(feature = "diesel"))]
#[macro_export]
macro_rules! text_column {
    ($name:ty $(, $read:expr)?) => {};
}

/// What `text_column!` is made of: how a type is read from what is stored, and shown as what is stored.
#[cfg(feature = "diesel")]
#[doc(hidden)]
#[macro_export]
macro_rules! column {
    ($name:ty, $sql:ident, $owned:ty, $borrowed:ty, $read:expr, $stored:expr) => {
        const _: () = {
            use $crate::diesel::{
                deserialize::{self, FromSql, Queryable},
                expression::AsExpression,
                pg::{Pg, PgValue},
                serialize::{self, Output, ToSql},
                sql_types::{Nullable, $sql},
            };

            fn stored(value: &$name) -> &$borrowed {
                let stored: fn(&$name) -> &$borrowed = $stored;
                stored(value)
            }

            impl FromSql<$sql, Pg> for $name {
                fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                    let read: fn($owned) -> Result<Self, $crate::Malformed> = $read;
                    Ok(read(<$owned as FromSql<$sql, Pg>>::from_sql(value)?)?)
                }
            }

            impl Queryable<$sql, Pg> for $name {
                type Row = Self;

                fn build(row: Self) -> deserialize::Result<Self> {
                    Ok(row)
                }
            }

            impl ToSql<$sql, Pg> for $name {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                    <$borrowed as ToSql<$sql, Pg>>::to_sql(stored(self), out)
                }
            }

    $crate::column!(@expression $name, $sql, $owned, $borrowed);
    $crate::column!(@expression $name, Nullable<$sql>, $owned, $borrowed);
        };
    };
    (@expression $name:ty, $sql:ty, $owned:ty, $borrowed:ty) => {
        impl AsExpression<$sql> for $name {
            type Expression = <$owned as AsExpression<$sql>>::Expression;

            fn as_expression(self) -> Self::Expression {
                <$owned as AsExpression<$sql>>::as_expression(stored(&self).to_owned())
            }
        }

        impl<'a> AsExpression<$sql> for &'a $name {
            type Expression = <&'a $borrowed as AsExpression<$sql>>::Expression;

            fn as_expression(self) -> Self::Expression {
                <&'a $borrowed as AsExpression<$sql>>::as_expression(stored(self))
            }
        }
    };
}
