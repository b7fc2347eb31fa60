//! How large a file may be, and how that is said.

use civic::Language;

/// Bytes that a file may have where no setting says otherwise.
pub const USUAL_LIMIT: u64 = 10 * 1024 * 1024;
/// The highest limit that may be set: a file is looked at in memory, several at once.
pub const HIGHEST_LIMIT: u64 = 100 * 1024 * 1024;

/// A number of bytes as people write it, never more than it is: `10 MB`, `1,5 MB`, `500 KB`.
pub fn size(bytes: u64, language: Language) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * KB;
    let comma = if language == Language::Vi { ',' } else { '.' };
    match (bytes / MB, bytes % MB * 10 / MB) {
        (0, _) => format!("{} KB", bytes / KB),
        (whole, 0) => format!("{whole} MB"),
        (whole, tenths) => format!("{whole}{comma}{tenths} MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_said_as_people_write_it_and_never_higher_than_it_is() {
        for (bytes, vietnamese, english) in [
            (10 << 20, "10 MB", "10 MB"),
            (3 << 19, "1,5 MB", "1.5 MB"),
            ((2 << 20) - 1, "1,9 MB", "1.9 MB"),
            (500 << 10, "500 KB", "500 KB"),
        ] {
            assert_eq!((size(bytes, Language::Vi).as_str(), size(bytes, Language::En).as_str()), (vietnamese, english));
        }
    }
}
