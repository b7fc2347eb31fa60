//! Statements as CSV: VNPAY's, with the names of its protocol as headings, and those of accounts, with the headings of any bank.

use chrono::NaiveDate;
use civic::Vnd;
use csv::{ReaderBuilder, StringRecord};

use super::{
    Beside, Direction, Line, LineStatus, MOST_LINES, Statement, Unreadable,
    columns::{Field, plain},
    kept, sums, too_many, values, whole,
};

/// VNPAY's names of what is read.
const VNPAY: [&str; 7] = [
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_TransactionNo",
    "vnp_Amount",
    "vnp_PayDate",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
];
/// Rows in which the headings of an account's statement are looked for: banks write their name and the account above them.
const PREAMBLE: usize = 40;
/// How the rows begin that sum up.
const SUMS: [&str; 6] = ["tong", "cong", "so du", "total", "opening balance", "closing balance"];

/// A row, with the line of the file that it begins on.
struct Row {
    line: usize,
    cells: StringRecord,
}

impl Row {
    fn cell(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.cells.get(at)).unwrap_or_default().trim()
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    fn wrong(&self, heading: &str, value: &str, vi: &str, en: &str) -> Unreadable {
        let value: String = value.chars().take(40).collect();
        Unreadable::new(
            self.line,
            format!("Cột “{heading}”: “{value}” {vi}"),
            format!("Column “{heading}”: “{value}” {en}"),
        )
    }

    fn day(&self, heading: &str, value: &str) -> Result<NaiveDate, Unreadable> {
        let wrong =
            || self.wrong(heading, value, "không phải ngày, ví dụ 21/07/2026.", "is not a day such as 21/07/2026.");
        values::day(value).ok_or_else(wrong)
    }

    fn amount(&self, heading: &str, value: &str) -> Result<(bool, Vnd), Unreadable> {
        let wrong = || {
            self.wrong(
                heading,
                value,
                "không phải số tiền bằng đồng, ví dụ 16.000.",
                "is not an amount of đồng such as 16.000.",
            )
        };
        values::amount(value).ok_or_else(wrong)
    }

    fn number(&self) -> i32 {
        i32::try_from(self.line).unwrap_or(i32::MAX)
    }
}

/// VNPAY's statement of a merchant.
pub fn vnpay(text: &str, beside: &Beside) -> Result<Statement, Unreadable> {
    let summed = sums::part(text)?;
    let mut rows = rows(summed.text)?.into_iter();
    let headings: Vec<_> =
        rows.next().map(|row| row.cells.iter().map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default();
    let mut columns = [0; VNPAY.len()];
    for (column, name) in columns.iter_mut().zip(VNPAY) {
        *column = headings.iter().position(|heading: &String| heading == name).ok_or_else(|| missing(1, &[name]))?;
    }
    let mut merchant = beside.account.clone();
    let mut lines = Vec::new();
    for row in rows {
        let line = vnpay_line(&row, columns)?;
        let named = row.cell(Some(columns[0]));
        match &merchant {
            Some(known) if known != named => {
                let (vi, en) = ("là mã của đơn vị khác.", "is another merchant's code.");
                return Err(row.wrong(VNPAY[0], named, vi, en));
            }
            Some(_) => {}
            None => merchant = Some(named.to_owned()),
        }
        lines.push(line);
    }
    summed.agrees(&lines)?;
    whole(merchant.unwrap_or_default(), beside, None, lines)
}

fn vnpay_line(row: &Row, columns: [usize; 7]) -> Result<Line, Unreadable> {
    let cell = |at: usize| row.cell(Some(columns[at]));
    let hundredths: Option<i64> = cell(3).parse().ok().filter(|amount| amount % 100 == 0);
    let amount = hundredths.and_then(|amount| Vnd::new(amount / 100).ok()).filter(|amount| !amount.is_zero());
    let (vi, en) = ("không phải số tiền nhân 100.", "is not an amount times 100.");
    let amount = amount.ok_or_else(|| row.wrong(VNPAY[3], cell(3), vi, en))?;
    let direction = match cell(5) {
        "01" => Direction::In,
        "02" | "03" => Direction::Out,
        other => return Err(row.wrong(VNPAY[5], other, "phải là 01, 02 hoặc 03.", "must be 01, 02 or 03.")),
    };
    let (vi, en) = ("không phải mã trạng thái của VNPAY.", "is no status of VNPAY's.");
    let status = status(cell(6), direction).ok_or_else(|| row.wrong(VNPAY[6], cell(6), vi, en))?;
    let named = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Ok(Line {
        number: row.number(),
        day: row.day(VNPAY[4], cell(4))?,
        direction,
        amount,
        status,
        reference: named(cell(1)),
        number_there: named(cell(2)).filter(|number| number != "0"),
        text: String::new(),
    })
}

/// What VNPAY's status means: a payment whose money goes back was taken before.
fn status(code: &str, direction: Direction) -> Option<LineStatus> {
    Some(match (direction, code) {
        (_, "00") | (Direction::In, "05" | "06" | "07" | "09") | (Direction::Out, "06") => LineStatus::Done,
        (_, "01") | (Direction::Out, "05" | "07") => LineStatus::Pending,
        (_, "02" | "04") | (Direction::Out, "09") => LineStatus::Failed,
        _ => return None,
    })
}

/// A statement of an account at a bank or the treasury.
pub fn account(text: &str, beside: &Beside) -> Result<Statement, Unreadable> {
    let Some(account) = beside.account.clone() else {
        return Err(Unreadable::new(
            1,
            "Hãy cho biết số tài khoản của sao kê này.",
            "Say which account this statement is of.",
        ));
    };
    let rows = rows(text)?;
    let headings = |row: &Row| row.cells.iter().map(plain).collect::<Vec<_>>();
    let found = rows.iter().take(PREAMBLE).position(|row| Headed::of(&headings(row), beside).is_some());
    let Some(at) = found else {
        return Err(missing(1, &["Ngày giao dịch", "Ghi có", "Ghi nợ", "Nội dung"]));
    };
    let Some(headed) = Headed::of(&headings(&rows[at]), beside) else { return Err(missing(1, &[])) };
    let names: Vec<_> = rows[at].cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut lines = Vec::new();
    for row in rows[at + 1..].iter().filter(|row| headed.is_line(row)) {
        lines.push(headed.line(row, &names)?);
    }
    whole(account, beside, None, lines)
}

/// Which column holds what.
struct Headed {
    date: usize,
    incoming: Option<usize>,
    outgoing: Option<usize>,
    amount: Option<usize>,
    number: Option<usize>,
    text: usize,
}

impl Headed {
    fn of(headings: &[String], beside: &Beside) -> Option<Self> {
        let find = |field| beside.columns.find(field, headings);
        let headed = Self {
            date: find(Field::Date)?,
            incoming: find(Field::In),
            outgoing: find(Field::Out),
            amount: find(Field::Amount),
            number: find(Field::Number),
            text: find(Field::Text)?,
        };
        (headed.incoming.is_some() || headed.amount.is_some()).then_some(headed)
    }

    /// Remarks have no amount, and sums and balances say that they are.
    fn is_line(&self, row: &Row) -> bool {
        let mut money = [self.incoming, self.outgoing, self.amount].into_iter().flatten();
        let is_sum = |cell: &str| SUMS.iter().any(|sum| plain(cell).starts_with(sum));
        money.any(|column| !row.cell(Some(column)).is_empty()) && !row.cells.iter().take(self.text + 1).any(is_sum)
    }

    fn line(&self, row: &Row, names: &[String]) -> Result<Line, Unreadable> {
        let name = |at: usize| names.get(at).map_or("", String::as_str);
        let day = row.day(name(self.date), row.cell(Some(self.date)))?;
        let (direction, amount) = self.money(row, names)?;
        Ok(Line {
            number: row.number(),
            day,
            direction,
            amount,
            status: LineStatus::Done,
            reference: None,
            number_there: Some(row.cell(self.number).to_owned()).filter(|number| !number.is_empty()),
            text: kept(row.cell(Some(self.text))),
        })
    }

    fn money(&self, row: &Row, names: &[String]) -> Result<(Direction, Vnd), Unreadable> {
        let name = |at: usize| names.get(at).map_or("", String::as_str);
        let mut found = None;
        for (column, direction) in
            [(self.incoming, Direction::In), (self.outgoing, Direction::Out), (self.amount, Direction::In)]
        {
            let Some(column) = column.filter(|column| !row.cell(Some(*column)).is_empty()) else { continue };
            let (negative, amount) = row.amount(name(column), row.cell(Some(column)))?;
            let direction = if negative { Direction::Out } else { direction };
            if amount.is_zero() || (self.amount == Some(column) && found.is_some()) {
                continue;
            }
            if found.replace((direction, amount)).is_some() {
                let (vi, en) = ("vừa ghi có vừa ghi nợ.", "is money that came and went.");
                return Err(row.wrong(name(column), row.cell(Some(column)), vi, en));
            }
        }
        found.ok_or_else(|| Unreadable::new(row.line, "Dòng này không có số tiền.", "There is no amount on this line."))
    }
}

fn missing(line: usize, names: &[&str]) -> Unreadable {
    let names = names.join(", ");
    Unreadable::new(
        line,
        format!("Không tìm thấy dòng tiêu đề có các cột: {names}."),
        format!("There is no row of headings with these columns: {names}."),
    )
}

/// Every row that is not empty. Comma, semicolon or tab: what the first row with any of them has most of.
fn rows(text: &str) -> Result<Vec<Row>, Unreadable> {
    let count = |delimiter: char| {
        text.lines().take(PREAMBLE).map(|line| line.matches(delimiter).count()).max().unwrap_or_default()
    };
    let delimiter = [',', ';', '\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(',');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let cells = record.map_err(|why| {
            let line = why.position().map_or(1, csv::Position::line);
            Unreadable::new(usize::try_from(line).unwrap_or(1), "Không đọc được dòng này.", "This line cannot be read.")
        })?;
        let line = cells.position().map_or(1, csv::Position::line);
        let row = Row { line: usize::try_from(line).unwrap_or(1), cells };
        if row.is_empty() {
            continue;
        }
        // One for the headings.
        if rows.len() > MOST_LINES {
            return Err(too_many(row.line));
        }
        rows.push(row);
    }
    Ok(rows)
}
