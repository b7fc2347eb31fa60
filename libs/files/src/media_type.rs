//! The types of files that are taken, told by their first bytes.

use memchr::memmem;

use crate::foreign;

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
    /// So many first bytes tell them apart: within them readers look for the header of a PDF (ISO 32000-1, annex H.3, note 13).
    pub const HEAD: usize = 1024;

    /// As in a `Content-Type` header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }

    /// What names of such files end in, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
        }
    }

    /// The type that a `Content-Type` names, its parameters aside.
    pub fn named(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(essence))
    }

    /// The type of a file that begins with `head`.
    pub fn of(head: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.begins(head))
    }

    /// Whether a file that begins with `head` is one. Before the header of a PDF may stand what readers pass over (a byte order
    /// mark, a line end, a printer's orders), and nothing that begins another format: a file that is two things at once is neither.
    pub fn begins(self, head: &[u8]) -> bool {
        match self {
            Self::Pdf => {
                let head = &head[..head.len().min(Self::HEAD)];
                memmem::find(head, b"%PDF-").is_some_and(|at| !foreign::is_in(&head[..at]))
            }
            Self::Jpeg => head.starts_with(&[0xFF, 0xD8, 0xFF]),
            Self::Png => head.starts_with(b"\x89PNG\r\n\x1A\n"),
        }
    }
}
