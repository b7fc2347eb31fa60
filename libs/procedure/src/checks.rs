//! What a procedure must be to work: held against it before it is published.

use std::collections::BTreeSet;

use civic::{search, typed};
use serde_json::Value;

use crate::{Condition, DateLimit, FeeBasis, Form, Kind, Procedure, process};

/// What is wrong, in English, for the author.
type Fault = String;

/// Everyday words of one procedure, and letters of each: a search looks through all of them.
const EVERYDAY_WORDS: usize = 40;
const EVERYDAY_LETTERS: usize = 80;
/// Working days in which a draft of a result may be confirmed; the law speaks of one.
const MOST_DRAFT_DAYS: u16 = 5;

impl Procedure {
    /// The form, compiled, if this procedure can work.
    ///
    /// # Errors
    /// The first thing that cannot work, in English, for its author.
    pub fn form(&self) -> Result<Form, Fault> {
        let form = Form::compile(&self.form)?;
        let checks = [
            Self::everyday_words,
            Self::dates,
            Self::reason,
            Self::fields,
            Self::fees,
            Self::papers,
            Self::cases,
            Self::limits,
            Self::draft,
            Self::stages,
            Self::bounds,
            Self::persons,
        ];
        match checks.into_iter().find_map(|check| check(self)) {
            Some(fault) => Err(fault),
            None => Ok(form),
        }
    }

    /// An applicant has a day or some to look at a draft, and no dossier waits for long.
    fn draft(&self) -> Option<Fault> {
        let days = self.draft_days.filter(|days| !(1..=MOST_DRAFT_DAYS).contains(days))?;
        Some(format!("a draft is confirmed within 1 to {MOST_DRAFT_DAYS} working days, not {days}"))
    }

    /// What people call it is clean, short, and said once, however it is written.
    fn everyday_words(&self) -> Option<Fault> {
        if self.also_called.len() > EVERYDAY_WORDS {
            return Some(format!("it is called by more than {EVERYDAY_WORDS} other names"));
        }
        let mut known = BTreeSet::new();
        self.also_called.iter().find_map(|called| {
            let clean = typed::line(called).is_ok_and(|line| line == *called && line.contains(char::is_alphanumeric));
            match () {
                () if !clean => Some(format!("{called:?}, what it is called, is no clean line of words")),
                () if called.chars().count() > EVERYDAY_LETTERS => {
                    Some(format!("{called:?} is a long name to look for"))
                }
                () => (!known.insert(search::plain(called))).then(|| format!("it is called {called:?} twice")),
            }
        })
    }

    fn dates(&self) -> Option<Fault> {
        let ended = self.effective_until.is_some_and(|until| until < self.effective_from);
        ended.then(|| "it ends before it begins".into())
    }

    fn reason(&self) -> Option<Fault> {
        let Kind::Partial { reason } = &self.kind else { return None };
        reason.vi.trim().is_empty().then(|| "it is online in part, and does not say why".into())
    }

    /// Every field shown is one of the form's, and the other way round.
    fn fields(&self) -> Option<Fault> {
        let asked: BTreeSet<&str> =
            self.form["properties"].as_object().into_iter().flatten().map(|(name, _)| &**name).collect();
        let shown: BTreeSet<&str> = self.ui.fields.keys().map(|name| &**name).collect();
        let placed: Vec<&str> = self.ui.pages.iter().flat_map(|page| &page.fields).map(|name| &**name).collect();
        let once: BTreeSet<&str> = placed.iter().copied().collect();
        let differ = asked != shown || asked != once || placed.len() != once.len();
        differ.then(|| "the form's properties, the fields of its ui and those of its pages are not the same".into())
    }

    /// A fee is counted by a whole number that must be given and has a greatest value, so that every filing has a price.
    fn fees(&self) -> Option<Fault> {
        let required: BTreeSet<&str> =
            self.form["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let counted = self.fee_rules.iter().flat_map(|rule| match &rule.per {
            FeeBasis::Dossier => vec![],
            FeeBasis::Answer { pointer } => vec![pointer],
            FeeBasis::Pages { pages, copies, .. } => vec![pages, copies],
        });
        for pointer in counted {
            let name = pointer.strip_prefix('/').unwrap_or_default();
            if !required.contains(name) {
                return Some("a fee is counted by an answer that need not be given".into());
            }
            let answer = &self.form["properties"][name];
            let bounded = answer["type"] == "integer" && answer["minimum"].as_u64().is_some();
            if !bounded || answer["maximum"].as_u64().is_none() {
                return Some("a fee is counted by an answer that is no whole number between two bounds".into());
            }
        }
        None
    }

    fn papers(&self) -> Option<Fault> {
        let codes: BTreeSet<_> = self.components.iter().map(|component| &component.code).collect();
        if codes.len() != self.components.len() {
            return Some("two components have the same code".into());
        }
        self.components
            .iter()
            .filter_map(|component| component.required_when.as_ref())
            .find_map(|when| self.never(when))
    }

    fn cases(&self) -> Option<Fault> {
        let codes: BTreeSet<_> = self.cases.iter().map(|case| &case.code).collect();
        if codes.len() != self.cases.len() {
            return Some("two cases have the same code".into());
        }
        let named = self.fee_rules.iter().filter_map(|rule| rule.case.as_ref());
        let mut named = named.chain(self.time_limits.iter().filter_map(|rule| rule.case.as_ref()));
        if let Some(unknown) = named.find(|case| !codes.contains(case)) {
            return Some(format!("there is no case {unknown}"));
        }
        self.cases.iter().find_map(|case| self.never(&case.when))
    }

    /// Each exception from the time limit stands before those that would hide it.
    fn limits(&self) -> Option<Fault> {
        let hidden = self.time_limits.iter().enumerate().any(|(place, rule)| {
            self.time_limits[..place].iter().any(|earlier| {
                let all_cases = earlier.case.is_none() || earlier.case == rule.case;
                all_cases && (earlier.channel.is_none() || earlier.channel == rule.channel)
            })
        });
        hidden.then(|| "a time limit stands behind one that holds wherever it does".into())
    }

    fn stages(&self) -> Option<Fault> {
        process::fault(&self.process)
    }

    /// Bounds are of dates that the form asks for, and not of a date by itself.
    fn bounds(&self) -> Option<Fault> {
        self.date_bounds.iter().find_map(|bound| match &bound.to {
            DateLimit::Answer { answer } if *answer == bound.answer => {
                Some(format!("the date {answer} is held against itself"))
            }
            DateLimit::Answer { answer } => self.no_date(&bound.answer).or_else(|| self.no_date(answer)),
            DateLimit::Today | DateLimit::Date { .. } => self.no_date(&bound.answer),
        })
    }

    /// Answers about one person are a citizen number, a date, a gender.
    fn persons(&self) -> Option<Fault> {
        let asked = |name: &str| &self.form["properties"][name];
        self.people.iter().find_map(|person| {
            let number = &person.citizen_number;
            if asked(number)["format"] != "citizen-number" {
                return Some(format!("a person is told by the answer {number}, which is no citizen number"));
            }
            let gender = person.gender.as_ref().filter(|name| {
                let values = asked(name)["enum"].as_array();
                !values.is_some_and(|values| values.iter().all(|value| value == "MALE" || value == "FEMALE"))
            });
            let no_gender = gender.map(|name| format!("the gender of a person is the answer {name}, which is none"));
            no_gender.or_else(|| self.no_date(person.birth_date.as_ref()?))
        })
    }

    /// Why an answer cannot be held against a date: it is none.
    fn no_date(&self, name: &str) -> Option<Fault> {
        let format = self.form["properties"][name]["format"].as_str();
        let is_date = matches!(format, Some("date" | "partial-date"));
        (!is_date).then(|| format!("the answer {name} is held against a date, and is none"))
    }

    /// Why a condition can never hold: nothing asks for the answer, or it cannot have the value.
    fn never(&self, condition: &Condition) -> Option<Fault> {
        let name = &condition.answer;
        let Some(asked) = self.form["properties"].get(name) else {
            return Some(format!("something depends on the answer {name}, which the form does not ask for"));
        };
        let possible = match (asked.get("enum"), asked.get("const")) {
            (Some(values), _) => values.as_array().is_some_and(|values| values.contains(&condition.is)),
            (_, Some(value)) => *value == condition.is,
            _ => true,
        };
        (!possible)
            .then(|| format!("something depends on the answer {name} being {}, which it cannot be", condition.is))
    }
}
