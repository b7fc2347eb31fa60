//! What a procedure must be to work: held against it before it is published. Each check gives all that it finds.

mod asked;
mod charged;
mod papers;

use std::collections::BTreeSet;

use civic::{ProcedureCode, search, typed};
use serde_json::{Map, Value};

use crate::{Condition, Fault, Form, Kind, Procedure, form::below, process};

/// Everyday words of one procedure, and letters of each: a search looks through all of them.
const EVERYDAY_WORDS: usize = 40;
const EVERYDAY_LETTERS: usize = 80;
/// Working days in which a draft of a result may be confirmed; the law speaks of one.
const MOST_DRAFT_DAYS: u16 = 5;
/// Letters of the word that a field of administration is narrowed by.
const FIELD_LETTERS: usize = 40;

impl Procedure {
    /// The form, compiled, if this procedure can work.
    ///
    /// # Errors
    /// The first thing that cannot work, with its place, in English, for its author.
    pub fn form(&self) -> Result<Form, String> {
        match self.faults().into_iter().next() {
            Some(Fault { pointer, text, .. }) => Err(format!("{pointer}: {}", text.en)),
            None => Form::compile(&self.form),
        }
    }

    /// All that keeps it from working; nothing when it can be published.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let checks: [fn(&Self) -> Vec<Fault>; 17] = [
            Self::schema,
            Self::everyday_words,
            Self::former_codes,
            Self::places,
            Self::dates,
            Self::reason,
            Self::fields,
            Self::fees,
            Self::fees_of_cases,
            Self::papers,
            Self::cases,
            Self::limits,
            Self::draft,
            Self::stages,
            Self::bounds,
            Self::persons,
            Self::texts,
        ];
        checks.iter().flat_map(|check| check(self)).collect()
    }

    /// An applicant has a day or some to look at a draft, and no dossier waits for long.
    fn draft(&self) -> Vec<Fault> {
        let wrong = self.draft_days.filter(|days| !(1..=MOST_DRAFT_DAYS).contains(days));
        let fault = |days| {
            Fault::at(
                "/draft_days",
                "draft-days",
                format!("Bản dự thảo được xác nhận trong 1 đến {MOST_DRAFT_DAYS} ngày làm việc, không phải {days}."),
                format!("A draft is confirmed within 1 to {MOST_DRAFT_DAYS} working days, not {days}."),
            )
        };
        wrong.map(fault).into_iter().collect()
    }

    /// What people call it is clean, short, and said once, however it is written.
    fn everyday_words(&self) -> Vec<Fault> {
        let mut known = BTreeSet::new();
        let words = self.also_called.iter().enumerate();
        let faults = words.filter_map(|(place, called)| {
            let clean = typed::line(called).is_ok_and(|line| line == *called && line.contains(char::is_alphanumeric));
            let (code, vi, en) = match () {
                () if !clean => (
                    "unclean",
                    format!("“{called}” không phải là một dòng chữ gọn; bỏ dấu cách thừa và ký tự lạ."),
                    format!("{called:?}, what it is called, is no clean line of words."),
                ),
                () if called.chars().count() > EVERYDAY_LETTERS => (
                    "too-long",
                    format!("“{called}” dài quá {EVERYDAY_LETTERS} ký tự; hãy rút gọn."),
                    format!("{called:?} is a long name to look for: {EVERYDAY_LETTERS} letters at most."),
                ),
                () if !known.insert(search::plain(called)) => (
                    "twice",
                    format!("“{called}” đã có trong danh sách; hãy bỏ một."),
                    format!("It is called {called:?} twice; leave one out."),
                ),
                () => return None,
            };
            Some(Fault::at(format!("/also_called/{place}"), code, vi, en))
        });
        let mut faults: Vec<_> = faults.collect();
        if self.also_called.len() > EVERYDAY_WORDS {
            faults.push(Fault::at(
                "/also_called",
                "too-many",
                format!("Có hơn {EVERYDAY_WORDS} tên gọi khác; hãy giữ những tên hay dùng nhất."),
                format!("It is called by more than {EVERYDAY_WORDS} other names; keep the most used ones."),
            ));
        }
        faults
    }

    /// It takes the place of others, each named once.
    fn former_codes(&self) -> Vec<Fault> {
        let mut known = BTreeSet::from([&self.code]);
        let again = self.replaces.iter().enumerate().filter(|(_, code)| !known.insert(code));
        let fault = |(place, code): (usize, &ProcedureCode)| {
            Fault::at(
                format!("/replaces/{place}"),
                "twice",
                format!("Mã cũ {code} đã có trong danh sách, hoặc là mã của chính thủ tục này; hãy bỏ một."),
                format!("The former code {code} is there twice, or its own; leave one out."),
            )
        };
        again.map(fault).collect()
    }

    /// Somebody carries it out, and lists can be narrowed to its field.
    fn places(&self) -> Vec<Fault> {
        let word = &self.field.code;
        let is_word = (1..=FIELD_LETTERS).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let field = (!is_word).then(|| {
            Fault::at(
                "/field/code",
                "field-code",
                format!(
                    "Mã lĩnh vực gồm chữ thường không dấu và gạch nối, tối đa {FIELD_LETTERS} ký tự, ví dụ ho-tich."
                ),
                format!("The code of a field is of small letters and hyphens, {FIELD_LETTERS} at most, like ho-tich."),
            )
        });
        let levels = self.levels.is_empty().then(|| {
            Fault::at(
                "/levels",
                "no-level",
                "Chưa nói cấp nào thực hiện; hãy ghi ít nhất một cấp.",
                "It does not say which level of government carries it out; name one at least.",
            )
        });
        field.into_iter().chain(levels).collect()
    }

    fn dates(&self) -> Vec<Fault> {
        let ended = self.effective_until.is_some_and(|until| until < self.effective_from);
        let fault = || {
            Fault::at(
                "/effective_until",
                "ends-before",
                "Ngày hết hiệu lực đứng trước ngày có hiệu lực.",
                "It ends before it begins.",
            )
        };
        ended.then(fault).into_iter().collect()
    }

    fn reason(&self) -> Vec<Fault> {
        let Kind::Partial { reason } = &self.kind else { return Vec::new() };
        let fault = || {
            Fault::at(
                "/kind/reason/vi",
                "no-reason",
                "Thủ tục chỉ làm trực tuyến một phần; hãy nêu lý do.",
                "It is online in part, and does not say why.",
            )
        };
        reason.vi.trim().is_empty().then(fault).into_iter().collect()
    }

    fn stages(&self) -> Vec<Fault> {
        process::faults(&self.process)
    }

    /// Whoever reads it finds a text.
    fn texts(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut written = serde_json::to_value(self).unwrap_or_default();
        // What is asked for is no text, whatever its properties are called.
        if let Some(members) = written.as_object_mut() {
            members.remove("form");
        }
        blank(&written, "", &mut faults);
        faults.retain(|fault: &Fault| fault.pointer != "/kind/reason/vi");
        faults
    }

    /// Why a condition can never hold: nothing asks for the answer, or it cannot have the value.
    fn never(&self, condition: &Condition, pointer: &str) -> Option<Fault> {
        let name = &condition.answer;
        let Some(asked) = self.form["properties"].get(name) else {
            return Some(Fault::at(
                format!("{pointer}/answer"),
                "answer-unknown",
                format!("Mẫu đơn không có mục {name}; hãy sửa tên hoặc thêm mục ấy vào mẫu đơn."),
                format!("Something depends on the answer {name}, which the form does not ask for."),
            ));
        };
        let possible = match (asked.get("enum"), asked.get("const")) {
            (Some(values), _) => values.as_array().is_some_and(|values| values.contains(&condition.is)),
            (_, Some(value)) => *value == condition.is,
            _ => true,
        };
        (!possible).then(|| {
            Fault::at(
                format!("{pointer}/is"),
                "answer-impossible",
                format!("Mục {name} không thể có giá trị {}; hãy chọn một giá trị của mẫu đơn.", condition.is),
                format!("Something depends on the answer {name} being {}, which it cannot be.", condition.is),
            )
        })
    }
}

/// Texts that say nothing; a translation may come later.
fn blank(value: &Value, pointer: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::Object(members) if says_nothing(members) => {
            let (vi, en) = ("Thiếu phần tiếng Việt.", "The Vietnamese text is missing.");
            faults.push(Fault::at(format!("{pointer}/vi"), "blank", vi, en));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| blank(member, &below(pointer, name), faults));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| blank(item, &format!("{pointer}/{place}"), faults));
        }
        _ => {}
    }
}

/// Whether this is a text in two languages without a Vietnamese one.
fn says_nothing(members: &Map<String, Value>) -> bool {
    let vietnamese = members.get("vi").and_then(Value::as_str);
    members.len() == 2 && members.contains_key("en") && vietnamese.is_some_and(|text| text.trim().is_empty())
}
