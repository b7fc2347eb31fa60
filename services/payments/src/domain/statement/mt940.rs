//! SWIFT MT940, a customer statement message: several in a file are one statement when they are of one account. What came and went
//! must lead from the opening balance to the closing one.

use chrono::NaiveDate;
use civic::Vnd;

use super::{Beside, Direction, Line, LineStatus, MOST_LINES, Statement, Unreadable, kept, too_many, whole};

/// Letters of a full line.
const WRAPPED_AT: usize = 65;

/// A field of a message: its tag, what stands in it, and the line that it begins on.
struct Tagged<'a> {
    tag: &'a str,
    text: String,
    line: usize,
}

/// What is read of the message so far.
#[derive(Default)]
struct Reading {
    account: Option<String>,
    /// Whether a message is under way.
    is_open: bool,
    balance: i64,
    days: Option<(NaiveDate, NaiveDate)>,
    lines: Vec<Line>,
}

/// Whether a text is of such messages.
pub fn is_one(text: &str) -> bool {
    let begins = text.trim_start();
    begins.starts_with(":20:") || begins.starts_with("{1:") || begins.starts_with("{4:")
}

/// Reads them.
pub fn read(text: &str, beside: &Beside) -> Result<Statement, Unreadable> {
    let mut reading = Reading::default();
    for field in fields(text) {
        reading.take(&field)?;
    }
    if reading.is_open {
        let last = text.lines().count();
        return Err(Unreadable::new(last, "Thiếu số dư cuối kỳ (:62F:).", "The closing balance (:62F:) is missing."));
    }
    let Some(account) = reading.account else {
        return Err(Unreadable::new(1, "Thiếu số tài khoản (:25:).", "The account (:25:) is missing."));
    };
    match &beside.account {
        Some(told) if *told != account => Err(Unreadable::new(
            1,
            format!("Sao kê của tài khoản {account}, không phải {told}."),
            format!("The statement is of the account {account}, not {told}."),
        )),
        _ => whole(account, beside, reading.days, reading.lines),
    }
}

impl Reading {
    fn take(&mut self, field: &Tagged<'_>) -> Result<(), Unreadable> {
        match field.tag {
            "25" => self.account(field),
            "60F" | "60M" => self.open(field),
            "61" => self.line(field),
            "86" => {
                // Before the first line it is about the message.
                if let Some(line) = self.lines.last_mut() {
                    line.text = kept(&format!("{} {}", line.text, unwrapped(&field.text)));
                }
                Ok(())
            }
            "62F" | "62M" => self.close(field),
            _ => Ok(()),
        }
    }

    fn account(&mut self, field: &Tagged<'_>) -> Result<(), Unreadable> {
        let account = field.text.trim().to_owned();
        match &self.account {
            Some(known) if *known != account => Err(field.wrong(
                "Tệp có sao kê của nhiều tài khoản. Hãy gửi từng tài khoản.",
                "The file has statements of several accounts. Send one account at a time.",
            )),
            _ => {
                self.account = Some(account);
                Ok(())
            }
        }
    }

    fn open(&mut self, field: &Tagged<'_>) -> Result<(), Unreadable> {
        (self.is_open, self.balance) = (true, balance(field)?.0);
        Ok(())
    }

    fn line(&mut self, field: &Tagged<'_>) -> Result<(), Unreadable> {
        if !self.is_open {
            return Err(field.wrong("Thiếu số dư đầu kỳ (:60F:).", "The opening balance (:60F:) is missing."));
        }
        if self.lines.len() >= MOST_LINES {
            return Err(too_many(field.line));
        }
        let line = line(field)?;
        self.balance += if line.direction == Direction::In { line.amount.dong() } else { -line.amount.dong() };
        self.lines.push(line);
        Ok(())
    }

    fn close(&mut self, field: &Tagged<'_>) -> Result<(), Unreadable> {
        let (told, day) = balance(field)?;
        if !std::mem::take(&mut self.is_open) {
            return Err(field.wrong("Thiếu số dư đầu kỳ (:60F:).", "The opening balance (:60F:) is missing."));
        }
        if told != self.balance {
            return Err(field.wrong(
                &format!("Số dư cuối kỳ là {told}, nhưng cộng các dòng được {}.", self.balance),
                &format!("The closing balance is {told}, but the lines make {}.", self.balance),
            ));
        }
        // Banks give the day of the balance before as that of the opening one: it is for the days of its lines, up to the closing.
        self.days = Some(self.days.map_or((day, day), |(from, until)| (from.min(day), until.max(day))));
        Ok(())
    }
}

impl Tagged<'_> {
    fn wrong(&self, vi: &str, en: &str) -> Unreadable {
        Unreadable::new(self.line, format!(":{}: {vi}", self.tag), format!(":{}: {en}", self.tag))
    }
}

/// The fields of all messages. A line that does not begin with a tag goes on with the field before it.
fn fields(text: &str) -> Vec<Tagged<'_>> {
    let mut fields: Vec<Tagged<'_>> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        // The block's frame: what stands before its first field, and its end.
        let line = line.rfind("{4:").map_or(line, |at| &line[at + 3..]);
        if line.is_empty() || line.starts_with('-') || line.starts_with('{') {
            continue;
        }
        match line.strip_prefix(':').and_then(|rest| rest.split_once(':')).filter(|(tag, _)| is_tag(tag)) {
            Some((tag, rest)) => fields.push(Tagged { tag, text: rest.to_owned(), line: number }),
            None => {
                if let Some(field) = fields.last_mut() {
                    field.text.push('\n');
                    field.text.push_str(line);
                }
            }
        }
    }
    fields
}

/// A text whose lines are full goes on in the middle of a word.
fn unwrapped(text: &str) -> String {
    let mut whole = String::new();
    for line in text.lines() {
        whole.push_str(line);
        if line.chars().count() < WRAPPED_AT {
            whole.push(' ');
        }
    }
    whole
}

fn is_tag(tag: &str) -> bool {
    (2..=3).contains(&tag.len()) && tag.is_char_boundary(2) && tag[..2].bytes().all(|byte| byte.is_ascii_digit())
}

/// `C260721VND1000000,`: what there is, below zero when it is owed, and on which day.
fn balance(field: &Tagged<'_>) -> Result<(i64, NaiveDate), Unreadable> {
    let text = field.text.trim();
    let read = || {
        let sign = match text.get(..1)? {
            "C" => 1,
            "D" => -1,
            _ => return None,
        };
        (text.get(7..10)? == "VND").then_some(())?;
        Some((sign * amount(text.get(10..)?)?, day(text.get(1..7)?)?))
    };
    let (vi, en) = ("phải như C260721VND1000000, bằng VND.", "must be like C260721VND1000000, in VND.");
    read().ok_or_else(|| field.wrong(vi, en))
}

/// `2607210721C16000,NTRFReference//Number`, and maybe a line more.
fn line(field: &Tagged<'_>) -> Result<Line, Unreadable> {
    let (first, more) = field.text.split_once('\n').unwrap_or((&field.text, ""));
    let (vi, en) =
        ("phải như 2607210721C16000,NTRFNONREF//FT26202.", "must be like 2607210721C16000,NTRFNONREF//FT26202.");
    let read = read_line(first).ok_or_else(|| field.wrong(vi, en))?;
    let (day, direction, amount, owner, bank) = read;
    let number = i32::try_from(field.line).unwrap_or(i32::MAX);
    let text = kept(&format!("{owner} {more}"));
    Ok(Line { number, day, direction, amount, status: LineStatus::Done, reference: None, number_there: bank, text })
}

type Read = (NaiveDate, Direction, Vnd, String, Option<String>);

fn read_line(text: &str) -> Option<Read> {
    let value_day = day(text.get(..6)?)?;
    let rest = text.get(6..)?;
    // The day of the entry, month and day alone, may be left out.
    let rest = match rest.get(..4) {
        Some(entry) if entry.bytes().all(|byte| byte.is_ascii_digit()) => rest.get(4..)?,
        _ => rest,
    };
    let (direction, rest) =
        [("RC", Direction::Out), ("RD", Direction::In), ("C", Direction::In), ("D", Direction::Out)]
            .into_iter()
            .find_map(|(mark, direction)| Some((direction, rest.strip_prefix(mark)?)))?;
    // The third letter of the currency may stand before the amount.
    let rest = rest.strip_prefix(|char: char| char.is_ascii_uppercase()).unwrap_or(rest);
    let end = rest.find(|char: char| !char.is_ascii_digit() && char != ',')?;
    let dong = Vnd::new(amount(&rest[..end])?).ok().filter(|amount| !amount.is_zero())?;
    // One letter and three of the kind of transaction.
    let references = rest.get(end + 4..)?;
    let (owner, bank) = references.split_once("//").unwrap_or((references, ""));
    let owner = if owner == "NONREF" { "" } else { owner };
    Some((value_day, direction, dong, owner.to_owned(), Some(bank.trim().to_owned()).filter(|bank| !bank.is_empty())))
}

/// An amount with its comma; a fraction is none of đồng.
fn amount(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(',')?;
    let sound = !whole.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && fraction.bytes().all(|byte| byte == b'0');
    if sound { whole.parse().ok() } else { None }
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(&format!("20{text}"), "%Y%m%d").ok()
}
