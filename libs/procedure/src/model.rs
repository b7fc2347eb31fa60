//! A procedure as it was published: what it is, what it asks for, how long it takes, what it costs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use civic::{AdministrativeLevel, FilingChannel, LocalText, ProcedureCode, TimeLimit};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    Case, Component, DateBound, Fee, FeeError, FeeRule, Form, Kind, LifeEvent, Person, Stage, StageAction, Subject,
    TimeLimitRule, fee, process,
};

/// A procedure, as it is published. What is said here once is never changed, only superseded. It only grows: a member that is
/// not said is not written either, so that what was published before is written as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Procedure {
    /// Its code in the national database.
    pub code: ProcedureCode,
    /// Its name.
    pub name: LocalText,
    /// What people call it and what they look for when they mean it, in any language; searched, and shown nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 40, example = json!(["làm giấy khai sinh"]))]
    pub also_called: Vec<String>,
    /// The codes of what it took the place of, where it was renumbered: who comes by one of them is led here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub replaces: Vec<ProcedureCode>,
    /// The field it belongs to.
    pub field: ProcedureField,
    /// The life events that it belongs to.
    #[serde(default)]
    #[schema(required = true)]
    pub life_events: Vec<LifeEvent>,
    /// The levels of government that carry it out.
    pub levels: Vec<AdministrativeLevel>,
    /// How much of it is done online.
    #[serde(default, skip_serializing_if = "Kind::is_full")]
    #[schema(required = false)]
    pub kind: Kind,
    /// Who may ask for it; nobody is named where it is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// A dossier may be handed in anywhere in the province, whichever agency decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub non_territorial: bool,
    /// Since when it has been as described here.
    pub effective_from: NaiveDate,
    /// The last day on which it is, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<NaiveDate>,
    /// What it is for.
    pub description: LocalText,
    /// What happens, in order.
    pub steps: Vec<LocalText>,
    /// The papers it asks for.
    pub components: Vec<Component>,
    /// The cases that it distinguishes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case>,
    /// The time the agency has.
    pub time_limit: TimeLimit,
    /// Where that differs, by case and channel; the first that applies counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time_limits: Vec<TimeLimitRule>,
    /// What it costs, by channel.
    pub fee_rules: Vec<FeeRule>,
    /// What comes out of it.
    pub result: ResultKind,
    /// Working days in which who filed online confirms a draft of the result; silence is consent. No draft is shown where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5, example = 1)]
    pub draft_days: Option<u16>,
    /// The law it rests on.
    pub legal_basis: Vec<LocalText>,
    /// How an agency works through a dossier, the first stage first; not said where there is one step only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub process: Vec<Stage>,
    /// What the answers must be: a JSON Schema (2020-12) of an object.
    #[schema(value_type = BTreeMap<String, Value>)]
    pub form: Value,
    /// What must hold of its dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub date_bounds: Vec<DateBound>,
    /// Whose answers must agree with her citizen number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// How the form is shown.
    pub ui: FormUi,
}

/// A field of administration, such as civil status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureField {
    /// A word for filtering, in lower case with hyphens.
    #[schema(example = "ho-tich")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

/// What comes out of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureResult)]
#[serde(deny_unknown_fields)]
pub struct ResultKind {
    /// Its code in the national list, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "KQ.G15.000031")]
    pub code: Option<String>,
    /// Its name.
    pub name: LocalText,
}

/// How a form is shown: pages of fields, and what each field is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormUi {
    /// The pages, in order.
    pub pages: Vec<FormPage>,
    /// The fields by name, each a property of the form's schema.
    pub fields: BTreeMap<String, FormField>,
}

/// A page of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormPage {
    /// Its title.
    pub title: LocalText,
    /// Its fields, in order.
    pub fields: Vec<String>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// What it is called.
    pub label: LocalText,
    /// What helps to fill it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<LocalText>,
    /// How it is asked.
    pub widget: Widget,
    /// What it says of the person who fills the form; not said of a field about somebody or something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Meaning>,
    /// What the values to choose from are called, by value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, LocalText>,
}

/// What a field says of the person who fills the form, so that her browser can fill it (WCAG 2.2, 1.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FormFieldMeaning)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Meaning {
    /// Her full name.
    Name,
    /// When she was born.
    BirthDate,
    /// Her gender.
    Gender,
    /// Her citizen number.
    CitizenNumber,
    /// Her phone.
    Phone,
    /// Her e-mail address.
    Email,
    /// Where she lives.
    Address,
}

/// How a field is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FormWidget)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Widget {
    /// One line.
    Text,
    /// Several lines.
    Textarea,
    /// Day, month and year; of a `partial-date` what is known of them.
    Date,
    /// A whole number.
    Number,
    /// A few values, all shown.
    Radios,
    /// Many values, in a list.
    Select,
    /// Yes, or nothing.
    Checkbox,
}

/// A version of a procedure, ready to judge dossiers that are pinned to it.
#[derive(Debug)]
pub struct PinnedProcedure {
    /// Its number, from 1.
    pub version: i32,
    /// What was published.
    pub procedure: Procedure,
    /// Its form, compiled.
    pub form: Form,
}

impl Procedure {
    /// Whether a dossier can be filed online.
    #[must_use]
    pub fn is_filed_online(&self) -> bool {
        self.kind != Kind::Information
    }

    /// The stage of that code.
    pub fn stage(&self, code: &str) -> Option<&Stage> {
        self.process.iter().find(|stage| stage.code == code)
    }

    /// The stages that a dossier which comes to `stage` goes through: itself, and while one passes by itself the next.
    pub fn passage<'p>(&'p self, stage: &'p Stage) -> Vec<&'p Stage> {
        process::passage(&self.process, stage)
    }

    /// Whether its process says where this may be done; what it does not speak of may be done wherever the dossier is.
    pub fn speaks_of(&self, action: StageAction) -> bool {
        self.process.iter().any(|stage| stage.actions.contains(&action))
    }

    /// The component with this code.
    pub fn component(&self, code: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.code == code)
    }

    /// The code of the case that a dossier with these answers is, if it is one.
    #[must_use]
    pub fn case(&self, answers: &Value) -> Option<&str> {
        self.cases.iter().find(|case| case.when.holds(answers)).map(|case| &*case.code)
    }

    /// The time the agency has for a dossier that comes in by `channel` with these answers.
    #[must_use]
    pub fn time_limit_of(&self, channel: FilingChannel, answers: &Value) -> TimeLimit {
        let case = self.case(answers);
        self.time_limits.iter().find(|rule| rule.applies(case, channel)).map_or(self.time_limit, |rule| rule.limit)
    }

    /// What a dossier costs that comes in by `channel` with these answers; `None` when there is nothing to pay.
    ///
    /// # Errors
    /// As [`fee`].
    pub fn fee(&self, channel: FilingChannel, answers: &Value) -> Result<Option<Fee>, FeeError> {
        let case = self.case(answers);
        fee(self.fee_rules.iter().filter(|rule| rule.case.is_none() || rule.case.as_deref() == case), channel, answers)
    }
}
