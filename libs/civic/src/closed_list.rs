//! The shape of every closed list: an enum with one fixed word per variant, the same in JSON, storage and schema.

/// Defines a closed list, and all that a list can do: `ALL`, `as_str`, `FromStr`, `Display`, serde, `ToSchema`, and (with the
/// feature `diesel`) to be a column of rows and filters. The text after the name says what was expected when a word is none of it.
///
/// ```
/// civic::closed_list! {
///     /// Where an order stands.
///     pub enum OrderStatus: "an order's status" {
///         /// To be paid.
///         Due = "DUE",
///         /// Paid.
///         Paid = "PAID",
///     }
/// }
/// assert_eq!("PAID".parse(), Ok(OrderStatus::Paid));
/// assert_eq!(OrderStatus::ALL.len(), 2);
/// ```
///
/// A word is a `tt`, since utoipa does not see through the group that a `literal` is put into.
#[macro_export]
macro_rules! closed_list {
    (
        $(#[$meta:meta])* $visibility:vis enum $name:ident: $expected:literal
        { $($(#[$variant_meta:meta])* $variant:ident = $word:tt),+ $(,)? }
    ) => {
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        $(#[$meta])*
        $visibility enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        #[allow(dead_code, reason = "every list can do the same, whatever its users need")]
        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used on the wire and in storage.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::Malformed::new($expected)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        $crate::text_column!($name);
    };
}
