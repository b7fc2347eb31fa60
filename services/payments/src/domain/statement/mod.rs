//! What a provider, a bank or the treasury says it did on our account: read as a whole, or refused with the line and what is wrong.

mod columns;
mod delimited;
mod mt940;
mod sums;
#[cfg(test)]
mod tests;
mod values;

use chrono::NaiveDate;
use civic::{LocalText, Vnd};

pub use columns::Columns;

/// Lines that one statement has at most.
pub const MOST_LINES: usize = 200_000;
/// Letters of a line's text that are kept.
const TEXT_KEPT: usize = 500;

civic::closed_list! {
    /// Whose statement it is.
    #[schema(as = StatementSource)]
    pub enum Source: "VNPAY, BANK or TREASURY" {
        /// VNPAY's, of one merchant.
        Vnpay = "VNPAY",
        /// A bank's, of one account.
        Bank = "BANK",
        /// The treasury's, of one account.
        Treasury = "TREASURY",
    }
}

civic::closed_list! {
    /// Which way the money of a line went.
    #[schema(as = StatementDirection)]
    pub enum Direction: "IN or OUT" {
        /// To us.
        In = "IN",
        /// From us.
        Out = "OUT",
    }
}

civic::closed_list! {
    /// What became of the money of a line.
    #[schema(as = StatementLineStatus)]
    pub enum LineStatus: "DONE, PENDING or FAILED" {
        /// It moved.
        Done = "DONE",
        /// It is on its way.
        Pending = "PENDING",
        /// It did not move.
        Failed = "FAILED",
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the file, from 1.
    pub number: i32,
    /// The day of it, in Vietnam.
    pub day: NaiveDate,
    pub direction: Direction,
    pub amount: Vnd,
    pub status: LineStatus,
    /// Our name for the attempt, where the statement has a column for it.
    pub reference: Option<String>,
    /// Their number of it.
    pub number_there: Option<String>,
    /// What was written with it.
    pub text: String,
}

/// A statement that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The merchant's code or the account's number.
    pub account: String,
    /// The days that it is complete for.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub lines: Vec<Line>,
}

/// What is told beside the file, as it does not stand in every one.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The account's number.
    pub account: Option<String>,
    /// The days that it is complete for.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What the columns are called.
    pub columns: Columns,
}

/// Why a statement cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: LocalText,
}

impl Unreadable {
    fn new(line: usize, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { line, why: LocalText { vi: vi.into(), en: en.into() } }
    }
}

impl Source {
    /// Whether its statements are of an agency's own account, and not of a merchant who is everybody's.
    pub const fn is_of_agency(self) -> bool {
        matches!(self, Self::Bank | Self::Treasury)
    }

    /// Reads a statement of it, whole or not at all.
    ///
    /// # Errors
    /// [`Unreadable`]: the line, and what is wrong there.
    pub fn read(self, bytes: &[u8], beside: &Beside) -> Result<Statement, Unreadable> {
        let text = text(bytes)?;
        match self {
            Self::Vnpay => delimited::vnpay(text, beside),
            Self::Bank | Self::Treasury if mt940::is_one(text) => mt940::read(text, beside),
            Self::Bank | Self::Treasury => delimited::account(text, beside),
        }
    }
}

fn text(bytes: &[u8]) -> Result<&str, Unreadable> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|why| {
        let line = bytes[..why.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Unreadable::new(
            line,
            "Tệp không phải văn bản UTF-8. Hãy lưu lại dưới dạng CSV UTF-8 rồi gửi lại.",
            "The file is not UTF-8 text. Save it as CSV UTF-8 and send it again.",
        )
    })
}

/// The statement, once its lines are known: for the days that were told, and then no line is of another; or for those of `days` and
/// of its lines.
fn whole(
    account: String,
    beside: &Beside,
    days: Option<(NaiveDate, NaiveDate)>,
    lines: Vec<Line>,
) -> Result<Statement, Unreadable> {
    let lines_days = lines.iter().map(|line| line.day);
    let seen =
        lines_days.clone().chain(days.map(|days| days.0)).min().zip(lines_days.chain(days.map(|days| days.1)).max());
    let Some((from, until)) = beside.days.or(seen) else {
        return Err(Unreadable::new(
            1,
            "Sao kê không có dòng nào: hãy cho biết sao kê của những ngày nào.",
            "The statement has no line: say which days it is for.",
        ));
    };
    match lines.iter().find(|line| line.day < from || line.day > until) {
        Some(line) => Err(Unreadable::new(
            usize::try_from(line.number).unwrap_or(1),
            format!("Ngày {} nằm ngoài sao kê, từ {} đến {}.", vi(line.day), vi(from), vi(until)),
            format!("The day {} is outside of the statement, which is from {from} to {until}.", line.day),
        )),
        None => Ok(Statement { account, from, until, lines }),
    }
}

fn vi(day: NaiveDate) -> impl std::fmt::Display {
    day.format("%d/%m/%Y")
}

/// A line's text as it is kept: on one line, not endless.
fn kept(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TEXT_KEPT).collect()
}

fn too_many(line: usize) -> Unreadable {
    Unreadable::new(
        line,
        format!("Sao kê có quá {MOST_LINES} dòng. Hãy chia thành nhiều tệp."),
        format!("The statement has more than {MOST_LINES} lines. Split it into several files."),
    )
}
