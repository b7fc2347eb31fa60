//! A form as a page shows it: what was typed, and what is wrong with it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    failure::{FieldError, Problem},
    posted::Posted,
};

/// What stands in a form's fields. Passed to the macros of `templates/components/fields.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Form {
    /// By the field's name.
    values: BTreeMap<String, String>,
    /// By the field's name; the first of each field.
    errors: BTreeMap<String, String>,
    /// For the summary, in the order in which they are to be read.
    summary: Vec<Fault>,
    /// The fields as they stand on the page, as far as they were sent.
    #[serde(skip)]
    order: Vec<String>,
}

/// One line of the summary.
#[derive(Clone, Debug, Serialize)]
struct Fault {
    /// The field to go to; none when the fault is not a field's.
    field: Option<String>,
    /// Where the field is, when it is on another page.
    href: Option<String>,
    text: String,
}

impl Form {
    /// A form as it was sent.
    pub fn of(posted: &Posted) -> Self {
        let values = posted.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let order = posted.fields().map(|(name, _)| name.to_owned()).collect();
        Self { values, order, ..Self::default() }
    }

    /// A form with these values.
    pub fn with(values: Vec<(String, String)>) -> Self {
        Self { values: values.into_iter().collect(), ..Self::default() }
    }

    /// What was sent for a field; empty when nothing was.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// A hidden field as it was sent, or else as it is `now`: what was typed was typed for what was there then.
    pub fn kept<'a>(&'a self, field: &str, now: &'a str) -> &'a str {
        Some(self.value(field)).filter(|it| !it.is_empty()).unwrap_or(now)
    }

    /// What the API found wrong. Pointers such as `/email` name fields; what names none is said at the top.
    #[must_use]
    pub fn refused(mut self, problem: &Problem) -> Self {
        for error in self.in_order(problem) {
            match error.field() {
                "" => self.fault_of_all(&error.detail),
                field => self.fault(field, &error.detail),
            }
        }
        if problem.errors.is_empty() {
            self.fault_of_all(&problem.title);
        }
        self
    }

    /// What is wrong, as the fields stand on the page. What was not sent, such as boxes of which none is ticked, stays behind what it follows.
    fn in_order<'a>(&self, problem: &'a Problem) -> Vec<&'a FieldError> {
        let mut last = 0;
        let mut placed: Vec<_> = problem.errors.iter().map(|error| (self.place(error.field()), error)).collect();
        for (place, _) in &mut placed {
            last = place.unwrap_or(last);
            *place = Some(last);
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, error)| error).collect()
    }

    /// Where a field stands; a date has a box for each part.
    fn place(&self, field: &str) -> Option<usize> {
        let is_part =
            |name: &String| name.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        self.order.iter().position(is_part)
    }

    /// Something wrong with the whole.
    pub fn fault_of_all(&mut self, text: &str) {
        self.summary.push(Fault { field: None, href: None, text: text.to_owned() });
    }

    /// Something wrong with a field of another page.
    pub fn fault_elsewhere(&mut self, href: String, text: String) {
        self.summary.push(Fault { field: None, href: Some(href), text });
    }

    /// Whether something is wrong.
    pub fn has_faults(&self) -> bool {
        !self.summary.is_empty()
    }

    /// Something wrong with a field.
    pub fn fault(&mut self, field: &str, text: &str) {
        if !self.errors.contains_key(field) {
            self.errors.insert(field.to_owned(), text.to_owned());
            self.summary.push(Fault { field: Some(field.to_owned()), href: None, text: text.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn problem(errors: Value) -> Problem {
        serde_json::from_value(json!({"title": "Some values are not valid.", "errors": errors})).expect("a problem")
    }

    #[test]
    fn the_first_fault_of_a_field_stands_beside_it_and_in_the_summary() {
        let posted = Posted::parse(b"email=hoa&name=Hoa");
        let errors = json!([
            {"pointer": "/email", "code": "format", "detail": "Not an address."},
            {"pointer": "/email", "code": "pattern", "detail": "Not in the right format."},
        ]);
        let form = serde_json::to_value(Form::of(&posted).refused(&problem(errors))).expect("JSON");
        assert_eq!(form["values"]["email"], "hoa");
        assert_eq!(form["errors"], json!({"email": "Not an address."}));
        assert_eq!(form["summary"], json!([{"field": "email", "href": null, "text": "Not an address."}]));
    }

    #[test]
    fn the_summary_is_in_the_order_of_the_fields() {
        let posted = Posted::parse(b"name=&born-day=1&born-year=&email=hoa&password=x");
        let fault = |field: &str| json!({"pointer": format!("/{field}"), "code": "x", "detail": field});
        let fields = |errors: &[&str]| {
            let problem = problem(errors.iter().map(|field| fault(field)).collect());
            let form = serde_json::to_value(Form::of(&posted).refused(&problem)).expect("JSON");
            let summary = form["summary"].as_array().cloned().unwrap_or_default();
            summary.iter().map(|fault| fault["field"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(fields(&["password", "email", "born", "name"]), ["name", "born", "email", "password"]);
        // Of the boxes for the gender none was ticked, so nothing was sent.
        assert_eq!(fields(&["name", "born", "gender", "email"]), ["name", "born", "gender", "email"]);
    }

    #[test]
    fn a_refusal_of_the_whole_is_said_at_the_top() {
        let form = serde_json::to_value(Form::default().refused(&problem(json!([])))).expect("JSON");
        assert_eq!(form["summary"], json!([{"field": null, "href": null, "text": "Some values are not valid."}]));
        let whole = json!([{"pointer": "", "code": "json", "detail": "It cannot be read."}]);
        let form = serde_json::to_value(Form::default().refused(&problem(whole))).expect("JSON");
        assert_eq!(form["summary"], json!([{"field": null, "href": null, "text": "It cannot be read."}]));
    }
}
