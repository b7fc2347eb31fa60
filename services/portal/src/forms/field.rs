//! One field of a procedure's form.

use civic::Language;
use serde::Serialize;
use serde_json::Value;

use super::local;
use crate::{calendar, posted::Posted};

/// A field, ready to be shown by the macros of `templates/components/fields.html`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Field {
    /// Its property in the answers.
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
    /// How it is asked: the API's word for it.
    widget: String,
    /// What there is to choose from: value and name.
    options: Vec<(String, String)>,
    /// The longest text taken.
    max_length: Option<u64>,
    /// The type of its control, where it is a line of text.
    input_type: &'static str,
    /// The keyboard that it is typed with.
    inputmode: Option<&'static str>,
    /// What a browser may fill it with: of a field about the person who fills the form.
    autocomplete: Option<&'static str>,
    /// A date of which what is not known may be left empty.
    partial: bool,
    #[serde(skip)]
    schema: Value,
    #[serde(skip)]
    language: Language,
}

impl Field {
    /// The field `name` with its schema and its description.
    pub fn new(name: &str, schema: &Value, ui: &Value, required: bool, language: Language) -> Self {
        // The schema has the options in the author's order; the description only names them.
        let values = schema["enum"].as_array().into_iter().flatten();
        let format = schema["format"].as_str().unwrap_or_default();
        let options = values.map(|value| {
            let value = written(value);
            let name = local(&ui["options"][&value], language);
            if name.is_empty() { (value.clone(), value) } else { (value, name) }
        });
        Self {
            name: name.to_owned(),
            label: local(&ui["label"], language),
            hint: ui.get("hint").map(|hint| local(hint, language)).filter(|hint| !hint.is_empty()),
            required,
            widget: ui["widget"].as_str().unwrap_or("TEXT").to_owned(),
            options: options.collect(),
            max_length: schema["maxLength"].as_u64(),
            input_type: match format {
                "phone" => "tel",
                "email" => "email",
                _ => "text",
            },
            inputmode: (format == "citizen-number" || ui["widget"] == "NUMBER").then_some("numeric"),
            autocomplete: autocomplete(ui),
            partial: format == "partial-date",
            schema: schema.clone(),
            language,
        }
    }

    /// The answer in what was sent; none when it was left empty. What does not fit is passed on as text, for the API to say so.
    pub fn read(&self, posted: &Posted) -> Option<Value> {
        if self.widget == "DATE" {
            let part = |part: &str| posted.get(&format!("{}-{part}", self.name));
            return Some(calendar::typed(part("day"), part("month"), part("year")))
                .filter(|it| !it.is_empty())
                .map(Value::from);
        }
        let text = posted.get(&self.name).replace("\r\n", "\n");
        match (&*self.widget, &*text) {
            ("CHECKBOX", "true") => Some(true.into()),
            // A declaration that was not made is no answer; a question that was not ticked is answered with no.
            ("CHECKBOX", _) => (self.schema["type"] == "boolean").then(|| false.into()),
            (_, "") => None,
            ("NUMBER", _) => Some(number(&text).map_or_else(|| text.as_str().into(), Value::from)),
            _ => Some(self.choice(&text).unwrap_or_else(|| text.into())),
        }
    }

    /// What is wrong with what was typed, where the page can say it better than the API: of a date, in which box.
    pub fn fault(&self, posted: &Posted) -> Option<&'static str> {
        let part = |part: &str| posted.get(&format!("{}-{part}", self.name));
        (self.widget == "DATE")
            .then(|| calendar::fault(part("day"), part("month"), part("year"), self.partial))
            .flatten()
    }

    fn choice(&self, text: &str) -> Option<Value> {
        self.schema["enum"].as_array()?.iter().find(|value| written(value) == text).cloned()
    }

    /// What stands in the field for `answer`, by the names that a browser sends.
    pub fn values(&self, answer: &Value) -> Vec<(String, String)> {
        let text = match answer {
            Value::Null | Value::Bool(false) => return Vec::new(),
            answer => written(answer),
        };
        if self.widget == "DATE" {
            let parts = text.split('-').map(|part| part.trim_start_matches('0').to_owned());
            let names = ["year", "month", "day"].map(|part| format!("{}-{part}", self.name));
            let mut parts: Vec<_> = names.into_iter().zip(parts).collect();
            parts.reverse();
            return parts;
        }
        vec![(self.name.clone(), text)]
    }

    /// The answer as people read it; none when there is none.
    pub fn told(&self, answer: &Value) -> Option<String> {
        let (yes, no) = match self.language {
            Language::Vi => ("Có", "Không"),
            Language::En => ("Yes", "No"),
        };
        match answer {
            Value::Null => None,
            Value::Bool(answer) => Some(if *answer { yes } else { no }.to_owned()),
            answer => {
                let text = written(answer);
                let named = self.options.iter().find(|(value, _)| *value == text).map(|(_, name)| name.clone());
                let day = || (self.widget == "DATE").then(|| calendar::day(&text, self.language)).flatten();
                Some(named.or_else(day).unwrap_or(text))
            }
        }
    }
}

/// The field's purpose as HTML names it (WCAG 2.2, 1.3.5), by its meaning.
fn autocomplete(ui: &Value) -> Option<&'static str> {
    match ui["meaning"].as_str()? {
        "NAME" => Some("name"),
        "BIRTH_DATE" => Some("bday"),
        "GENDER" => Some("sex"),
        "PHONE" => Some("tel"),
        "EMAIL" => Some("email"),
        "ADDRESS" if ui["widget"] == "TEXTAREA" => Some("street-address"),
        "ADDRESS" => Some("address-line1"),
        _ => None,
    }
}

/// A value as a browser holds it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A whole number, with spaces between its digits or without.
fn number(text: &str) -> Option<i64> {
    text.split_whitespace().collect::<String>().parse().ok()
}
