//! What the columns of a bank's CSV are called: every bank has its own words, and an office may say others.

civic::closed_list! {
    /// What a column holds.
    pub enum Field: "date, in, out, amount, number or text" {
        /// The day.
        Date = "date",
        /// Money that came.
        In = "in",
        /// Money that went.
        Out = "out",
        /// Money that came, or went when it is below zero.
        Amount = "amount",
        /// The bank's number of it.
        Number = "number",
        /// What was written with it.
        Text = "text",
    }
}

/// What banks and the treasury call them, the usual first.
const KNOWN: &[(Field, &[&str])] = &[
    (
        Field::Date,
        &[
            "ngay giao dich",
            "ngay gd",
            "ngay hach toan",
            "ngay hieu luc",
            "ngay",
            "transaction date",
            "posting date",
            "date",
        ],
    ),
    (
        Field::In,
        &[
            "so tien ghi co",
            "phat sinh co",
            "ps co",
            "ghi co",
            "so tien co",
            "tien vao",
            "co",
            "credit amount",
            "credit",
        ],
    ),
    (
        Field::Out,
        &["so tien ghi no", "phat sinh no", "ps no", "ghi no", "so tien no", "tien ra", "no", "debit amount", "debit"],
    ),
    (Field::Amount, &["so tien", "so tien gd", "amount"]),
    (
        Field::Number,
        &[
            "so tham chieu",
            "ma giao dich",
            "so giao dich",
            "so but toan",
            "so ct",
            "so chung tu",
            "reference",
            "transaction no",
            "ref no",
        ],
    ),
    (Field::Text, &["noi dung", "noi dung giao dich", "dien giai", "mo ta", "description", "remark", "details"]),
];

/// What an office says that columns are called, before what is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Field, String)>);

impl Columns {
    /// As it is said: `date=Ngày GD; in=Có; out=Nợ; number=Số CT; text=Nội dung`. The part that is none, when one is.
    ///
    /// # Errors
    /// The part that is not a field, an equals sign and a heading.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let read = parts.map(|part| {
            let (field, heading) = part.split_once('=').ok_or(part)?;
            let field = field.trim().parse().map_err(|_| part)?;
            if heading.trim().is_empty() { Err(part) } else { Ok((field, plain(heading))) }
        });
        read.collect::<Result<_, &str>>().map(Self).map_err(str::to_owned)
    }

    /// Which column holds a field, in a row of headings.
    pub fn find(&self, field: Field, headings: &[String]) -> Option<usize> {
        let at = |wanted: &str| headings.iter().position(|heading| heading == wanted);
        let said = self.0.iter().filter(|(said, _)| *said == field).map(|(_, heading)| heading.as_str());
        let mut said = said.peekable();
        if said.peek().is_some() {
            return said.find_map(at);
        }
        let known = KNOWN.iter().filter(|(known, _)| *known == field).flat_map(|(_, headings)| *headings);
        known.copied().find_map(at)
    }
}

/// A heading as it is compared: without accents, in small letters, words only.
pub fn plain(heading: &str) -> String {
    let plain = civic::search::plain(heading);
    let words = plain.split(|char: char| !char.is_alphanumeric() && char != '_').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
