//! The shape of every closed list of words: an enum with one fixed text per variant, the same in JSON and storage.

/// Defines an enum whose variants are written as fixed words.
macro_rules! words {
    (
        $(#[$meta:meta])* $name:ident
        { $($(#[$variant_meta:meta])* $variant:ident = $word:tt),+ $(,)? }
    ) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $(#[$meta])*
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The word used on the wire and in storage.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("{text:?} is no {}", stringify!($name))),
                }
            }
        }
    };
}
