//! The shape of every checked text: one canonical string, read and written as JSON text.

/// Defines a checked text. `canonical: fn(&str) -> Option<String>` decides what is accepted and in which form it is kept; its
/// schema names the kind as `format`, and lets through whatever might be one. `sentence` is what to do instead, with an example.
/// `kept`, where it is said, reads what was kept or told before the rule was so strict: columns and JSON are read by it, and only
/// `FromStr` reads what somebody types.
/// `open` texts are displayed and debugged as they are; `personal` ones have no `Display` and a masked `Debug`.
macro_rules! text {
    (
        $(#[$meta:meta])* $visibility:ident $name:ident,
        canonical: $canonical:path,
        $(kept: $kept:path,)?
        kind: $kind:literal,
        expected: $expected:literal,
        sentence: ($vi:literal, $en:literal),
        max_length: $max:literal,
        example: $example:literal $(,)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The canonical text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $canonical(text).map(Self).ok_or(crate::Malformed::new($expected))
            }
        }

        text!(@plumbing $name, $canonical, $kind, $expected, ($vi, $en), $max, $example $(, $kept)?);
        text!(@$visibility $name);
    };
    (
        @plumbing $name:ident, $canonical:path, $kind:literal, $expected:literal, ($vi:literal, $en:literal), $max:literal,
        $example:literal $(, $kept:path)?
    ) => {
        impl $name {
            /// The kind of text that this is.
            pub const KIND: crate::TextKind =
                crate::TextKind { name: $kind, expected: $expected, canonical: $canonical, vi: $vi, en: $en };
        }

        impl TryFrom<String> for $name {
            type Error = crate::Malformed;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                let kept: &[fn(&str) -> Option<Self>] = &[$(|text| $kept(text).map(Self))?];
                text.parse().or_else(|refused| kept.iter().find_map(|read| read(&text)).ok_or(refused))
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom($kind.into())))
                    .max_length(Some($max))
                    .examples([$example])
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        $crate::text_column!($name, |text: String| text.try_into());
    };
    (@open $name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.as_str())
            }
        }
    };
    (@personal $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    };
}
