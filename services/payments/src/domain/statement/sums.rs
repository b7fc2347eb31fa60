//! The last line of VNPAY's statement, which sums it up: what was cut off or altered on the way does not agree with it.

use sha2::{Digest, Sha256};

use super::{Line, Unreadable};

/// How such a line begins.
const MARK: &str = "total,";

/// What a statement says of itself: how many lines, hundredths of đồng in all of them, and the SHA-256 of everything before.
struct Said {
    lines: usize,
    hundredths: i128,
    sha256: [u8; 32],
}

/// A statement's text without its sums, and they.
pub struct Summed<'a> {
    /// What stands before them.
    pub text: &'a str,
    said: Option<(usize, Said)>,
}

/// Parts a statement from its sums, if it has some.
///
/// # Errors
/// When they cannot be read.
pub fn part(text: &str) -> Result<Summed<'_>, Unreadable> {
    let at = text.trim_end().rfind('\n').map_or(0, |end| end + 1);
    let Some(sums) = text[at..].trim_end().strip_prefix(MARK) else { return Ok(Summed { text, said: None }) };
    let line = text[..at].matches('\n').count() + 1;
    let wrong = || {
        Unreadable::new(
            line,
            "Dòng tổng phải có dạng total,số dòng,tổng số tiền,SHA-256.",
            "The line of sums must be like total,lines,sum,SHA-256.",
        )
    };
    let said = read(sums).ok_or_else(wrong)?;
    Ok(Summed { text: &text[..at], said: Some((line, said)) })
}

impl Summed<'_> {
    /// Nothing, if the lines that were read are what it says.
    ///
    /// # Errors
    /// That they are not.
    pub fn agrees(&self, lines: &[Line]) -> Result<(), Unreadable> {
        let Some((line, said)) = &self.said else { return Ok(()) };
        let hundredths = lines.iter().map(|line| i128::from(line.amount.dong()) * 100).sum::<i128>();
        let sha256: [u8; 32] = Sha256::digest(self.text).into();
        let is_whole = (said.lines, said.hundredths, said.sha256) == (lines.len(), hundredths, sha256);
        let wrong = || {
            Unreadable::new(
                *line,
                format!(
                    "Dòng tổng nói {} dòng, {} xu; tệp có {} dòng, {hundredths} xu: tệp bị thiếu hoặc đã bị sửa.",
                    said.lines,
                    said.hundredths,
                    lines.len()
                ),
                format!(
                    "The sums say {} lines and {} hundredths; the file has {} and {hundredths}: it is cut off or was altered.",
                    said.lines,
                    said.hundredths,
                    lines.len()
                ),
            )
        };
        is_whole.then_some(()).ok_or_else(wrong)
    }
}

fn read(sums: &str) -> Option<Said> {
    let parts: Vec<_> = sums.split(',').map(str::trim).collect();
    let [lines, hundredths, sha256] = parts[..] else { return None };
    let sha256 = hex::decode(sha256).ok()?.try_into().ok()?;
    Some(Said { lines: lines.parse().ok()?, hundredths: hundredths.parse().ok()?, sha256 })
}
