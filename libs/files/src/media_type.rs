//! The types of files that are taken, told by their first bytes.

/// A type of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/pdf`.
    Pdf,
    /// `image/jpeg`.
    Jpeg,
    /// `image/png`.
    Png,
}

impl MediaType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];
    /// So many first bytes tell them apart.
    pub const MAGIC: usize = 8;

    /// As in a `Content-Type` header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The type that a `Content-Type` names, its parameters aside.
    pub fn named(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(essence))
    }

    /// Whether a file that begins with `head` is one. Nothing may stand before the magic number: a file that is two things
    /// at once is neither.
    pub fn begins(self, head: &[u8]) -> bool {
        head.starts_with(match self {
            Self::Pdf => b"%PDF-",
            Self::Jpeg => &[0xFF, 0xD8, 0xFF],
            Self::Png => b"\x89PNG\r\n\x1A\n",
        })
    }
}
