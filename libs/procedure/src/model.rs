//! A procedure as it was published: what it is, what it asks for, how long it takes, what it costs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use civic::{AdministrativeLevel, LocalText, ProcedureCode, TimeLimit};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fee::{FeeBasis, FeeRule},
    form::Form,
    life_event::LifeEvent,
};

/// A procedure, as in a file of `data/procedures/`. What is said here once is never changed, only superseded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Procedure {
    /// Its code in the national database.
    pub code: ProcedureCode,
    /// Its name.
    pub name: LocalText,
    /// The field it belongs to.
    pub field: ProcedureField,
    /// The life events that it belongs to.
    #[serde(default)]
    #[schema(required = true)]
    pub life_events: Vec<LifeEvent>,
    /// The levels of government that carry it out.
    pub levels: Vec<AdministrativeLevel>,
    /// Since when it has been as described here.
    pub effective_from: NaiveDate,
    /// What it is for.
    pub description: LocalText,
    /// What happens, in order.
    pub steps: Vec<LocalText>,
    /// The papers it asks for.
    pub components: Vec<Component>,
    /// The time the agency has.
    pub time_limit: TimeLimit,
    /// What it costs, by channel.
    pub fee_rules: Vec<FeeRule>,
    /// What comes out of it.
    pub result: ResultKind,
    /// The law it rests on.
    pub legal_basis: Vec<LocalText>,
    /// What the answers must be: a JSON Schema (2020-12) of an object.
    #[schema(value_type = Object)]
    pub form: Value,
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

/// A paper that a procedure asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureComponent)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its code within the procedure: what a document is uploaded as.
    #[schema(example = "GIAY_CHUNG_SINH")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Whether a dossier cannot be filed without it.
    pub required: bool,
    /// How many copies are handed in at the counter; online one file is enough.
    pub copies: u16,
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
    /// What the values to choose from are called, by value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, LocalText>,
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
    /// Day, month and year.
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
    /// The form, compiled, if this procedure hangs together: every fee is counted by an answer that must be given, every
    /// field shown is one of the form's and the other way round, and no code is given twice.
    ///
    /// # Errors
    /// What does not hang together, in English, for its author.
    pub fn form(&self) -> Result<Form, String> {
        let form = Form::compile(&self.form)?;
        let asked: BTreeSet<&str> =
            self.form["properties"].as_object().into_iter().flatten().map(|(n, _)| &**n).collect();
        let shown: BTreeSet<&str> = self.ui.fields.keys().map(|name| &**name).collect();
        let placed: Vec<&str> = self.ui.pages.iter().flat_map(|page| &page.fields).map(|name| &**name).collect();
        if asked != shown || placed.len() != asked.len() || placed.iter().any(|name| !asked.contains(name)) {
            return Err("the form's properties, the fields of its ui and those of its pages are not the same".into());
        }
        let required = self.form["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let required: BTreeSet<String> = required.map(|name| format!("/{name}")).collect();
        let uncounted = self.fee_rules.iter().any(|rule| match &rule.per {
            FeeBasis::Dossier => false,
            FeeBasis::Answer { pointer } => !required.contains(pointer),
        });
        if uncounted {
            return Err("a fee is counted by an answer that need not be given".into());
        }
        let components: BTreeSet<_> = self.components.iter().map(|component| &component.code).collect();
        if components.len() != self.components.len() {
            return Err("two components have the same code".into());
        }
        Ok(form)
    }

    /// The component with this code.
    pub fn component(&self, code: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.code == code)
    }
}
