//! What must hold of a form's dates beside its schema: facts must be possible. It is data, so that every procedure states its own.

use chrono::{Months, NaiveDate};
use civic::{CitizenNumber, DatePrecision, LocalText, PartialDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{Finding, form::below};

/// A bound of a date that is answered. A date of which only the year or the month is known is refused when no day of it fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureDateBound)]
#[serde(deny_unknown_fields)]
pub struct DateBound {
    /// The answer, a date of the form.
    #[schema(example = "mother_birth_date")]
    pub answer: String,
    /// How it lies to the other date.
    pub relation: DateRelation,
    /// The other date.
    pub to: DateLimit,
    /// So many years at least lie between them, by the relation: a mother is not born after the day that is nine years before her child's
    /// birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 150)]
    pub years: Option<u32>,
    /// What is said when it does not, where that can be said better than from the labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<LocalText>,
}

/// How a date lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureDateRelation)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DateRelation {
    /// Before it.
    Before,
    /// Before it, or the same day.
    NotAfter,
    /// The same day, or after it.
    NotBefore,
    /// After it.
    After,
}

/// What a date is held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureDateLimit)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum DateLimit {
    /// The day in Vietnam on which the form is filled or filed.
    Today,
    /// A day.
    Date {
        /// Which.
        date: NaiveDate,
    },
    /// Another date of the form; nothing is held against one that is not answered.
    Answer {
        /// Its name.
        answer: String,
    },
}

/// The answers that are about one person, and must agree: a citizen number tells the year of birth and the gender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedurePerson)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The answer with her citizen number.
    #[schema(example = "person_citizen_number")]
    pub citizen_number: String,
    /// The answer with her date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// The answer with her gender, `MALE` or `FEMALE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
}

impl DateBound {
    /// What is wrong, on this day, if something is; `label` is what an answer is called. Answers that are no dates are none of its
    /// business.
    pub(crate) fn finding(
        &self,
        answers: &Value,
        today: NaiveDate,
        label: impl Fn(&str) -> Option<LocalText>,
    ) -> Option<Finding> {
        let date = read(answers, &self.answer)?;
        let limit = match &self.to {
            DateLimit::Today => PartialDate::day(today),
            DateLimit::Date { date } => PartialDate::day(*date),
            DateLimit::Answer { answer } => read(answers, answer)?,
        };
        let apart = Months::new(self.years.unwrap_or(0).saturating_mul(12));
        let (earlier, later) = (limit.last().checked_sub_months(apart)?, limit.first().checked_add_months(apart)?);
        let possible = match self.relation {
            DateRelation::Before => date.first() < earlier,
            DateRelation::NotAfter => date.first() <= earlier,
            DateRelation::NotBefore => date.last() >= later,
            DateRelation::After => date.last() > later,
        };
        let text = || self.text.clone().unwrap_or_else(|| self.sentence(limit, &label));
        (!possible).then(|| Finding { pointer: below("", &self.answer), code: "date-bound", text: text() })
    }

    fn sentence(&self, limit: PartialDate, label: impl Fn(&str) -> Option<LocalText>) -> LocalText {
        let (vi, en) = match self.relation {
            DateRelation::Before => ("Phải trước", "This must be before"),
            DateRelation::NotAfter => ("Không được sau", "This may not be after"),
            DateRelation::NotBefore => ("Không được trước", "This may not be before"),
            DateRelation::After => ("Phải sau", "This must be after"),
        };
        let limit = match &self.to {
            DateLimit::Today => told(limit, "hôm nay, ", "today, "),
            DateLimit::Date { .. } => told(limit, "", ""),
            DateLimit::Answer { answer } => {
                let label = label(answer).unwrap_or_else(|| LocalText::new(answer, answer));
                told(limit, &format!("ngày ở mục “{}”, ", label.vi), &format!("“{}”, ", label.en))
            }
        };
        let (vi_years, en_years) = match self.years {
            Some(years) => (format!(" (cách ít nhất {years} năm)"), format!(" ({years} years apart at least)")),
            None => Default::default(),
        };
        LocalText::new(format!("{vi} {}{vi_years}.", limit.vi), format!("{en} {}{en_years}.", limit.en))
    }
}

impl Person {
    /// What does not agree, if something does not.
    pub(crate) fn finding(&self, answers: &Value) -> Option<Finding> {
        let number: CitizenNumber = answers[&self.citizen_number].as_str()?.parse().ok()?;
        let born = self.birth_date.as_ref().and_then(|name| read(answers, name));
        let gender = self.gender.as_ref().and_then(|name| answers[name].as_str()?.parse().ok());
        let agrees = born.is_none_or(|born| born.year() == number.birth_year())
            && gender.is_none_or(|gender| number.gender() == gender);
        (!agrees).then(|| Finding {
            pointer: below("", &self.citizen_number),
            code: "citizen-number-mismatch",
            text: LocalText::new(
                "Số định danh cá nhân không khớp với năm sinh hoặc giới tính đã khai. Hãy xem lại cả các mục này.",
                "The citizen number does not match the year of birth or the gender given. Look at these, too.",
            ),
        })
    }
}

fn read(answers: &Value, name: &str) -> Option<PartialDate> {
    answers[name].as_str()?.parse().ok()
}

/// A date as far as it is known, behind what is said of it.
fn told(date: PartialDate, vi: &str, en: &str) -> LocalText {
    let first = date.first();
    let (in_vi, in_en) = match date.precision() {
        DatePrecision::Day => (first.format("ngày %d/%m/%Y"), first.format("%-d %B %Y")),
        DatePrecision::Month => (first.format("tháng %m/%Y"), first.format("%B %Y")),
        DatePrecision::Year => (first.format("năm %Y"), first.format("%Y")),
    };
    LocalText::new(format!("{vi}{in_vi}"), format!("{en}{in_en}"))
}
