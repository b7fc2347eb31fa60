//! The form of any procedure, from its JSON Schema and the description of how it is shown: fields of a page, answers read from
//! what a browser sends, answers written for people.

mod field;

use civic::Language;
use serde::Serialize;
use serde_json::{Map, Value};

pub(crate) use self::field::Field;
use crate::posted::Posted;

/// The form of a procedure, in one language.
pub(crate) struct ProcedureForm {
    pages: Vec<FormPage>,
}

/// A page of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FormPage {
    pub title: String,
    pub fields: Vec<Field>,
}

/// An answer, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FieldRow {
    pub label: String,
    /// None when there is no answer.
    pub value: Option<String>,
}

impl ProcedureForm {
    /// The form of `procedure`, as the API gave it.
    pub fn of(procedure: &Value, language: Language) -> Self {
        let required: Vec<_> = procedure["form"]["required"].as_array().into_iter().flatten().collect();
        let page = |page: &Value| {
            let names = page["fields"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let field = |name: &str| {
                let (schema, ui) = (&procedure["form"]["properties"][name], &procedure["ui"]["fields"][name]);
                Field::new(name, schema, ui, required.iter().any(|it| *it == name), language)
            };
            FormPage { title: local(&page["title"], language), fields: names.map(field).collect() }
        };
        Self { pages: procedure["ui"]["pages"].as_array().into_iter().flatten().map(page).collect() }
    }

    /// The pages, in order.
    pub fn pages(&self) -> &[FormPage] {
        &self.pages
    }

    /// The page with number `number`, from 1.
    pub fn page(&self, number: usize) -> Option<&FormPage> {
        self.pages.get(number.checked_sub(1)?)
    }

    /// The number, from 1, of the page that asks for `name`.
    pub fn page_of(&self, name: &str) -> Option<usize> {
        let has = |page: &FormPage| page.fields.iter().any(|field| field.name == name);
        self.pages.iter().position(has).map(|index| index + 1)
    }
}

impl FormPage {
    /// Puts what was sent of this page into `answers`; what was left empty is taken out.
    pub fn read(&self, posted: &Posted, answers: &mut Map<String, Value>) {
        for field in &self.fields {
            match field.read(posted) {
                Some(value) => drop(answers.insert(field.name.clone(), value)),
                None => drop(answers.remove(&field.name)),
            }
        }
    }

    /// What stands in the page's fields for these answers, by the names that a browser sends.
    pub fn values(&self, answers: &Value) -> Vec<(String, String)> {
        self.fields.iter().flat_map(|field| field.values(&answers[&field.name])).collect()
    }

    /// The names of the fields that must be answered and are not.
    pub fn missing(&self, answers: &Map<String, Value>) -> Vec<&str> {
        let open = self.fields.iter().filter(|field| field.required && !answers.contains_key(&field.name));
        open.map(|field| field.name.as_str()).collect()
    }

    /// The answers of this page, as people read them.
    pub fn rows(&self, answers: &Value) -> Vec<FieldRow> {
        let row = |field: &Field| FieldRow { label: field.label.clone(), value: field.told(&answers[&field.name]) };
        self.fields.iter().map(row).collect()
    }
}

/// A text in both languages; Vietnamese where nobody has translated it.
fn local(text: &Value, language: Language) -> String {
    let said = |code: &str| text[code].as_str().filter(|text| !text.is_empty());
    said(language.as_str()).or_else(|| said("vi")).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn procedure() -> Value {
        let text = |vi: &str, en: &str| json!({"vi": vi, "en": en});
        json!({
            "form": {
                "type": "object",
                "required": ["name", "birth_date", "copies", "truthful"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 120},
                    "story": {"type": "string"},
                    "birth_date": {"type": "string", "format": "date"},
                    "copies": {"type": "integer", "minimum": 1},
                    "purpose": {"enum": ["WORK", "STUDY"]},
                    "floors": {"enum": [1, 2]},
                    "post": {"type": "boolean"},
                    "truthful": {"const": true},
                },
            },
            "ui": {
                "pages": [
                    {"title": text("Người", "Person"), "fields": ["name", "birth_date", "story"]},
                    {"title": text("Bản sao", ""), "fields": ["copies", "purpose", "floors", "post", "truthful"]},
                ],
                "fields": {
                    "name": {"label": text("Họ tên", "Name"), "hint": text("Như trên thẻ", "As on the card"), "widget": "TEXT"},
                    "story": {"label": text("Kể", "Tell"), "widget": "TEXTAREA"},
                    "birth_date": {"label": text("Ngày sinh", "Born"), "widget": "DATE"},
                    "copies": {"label": text("Số bản", "Copies"), "widget": "NUMBER"},
                    "purpose": {"label": text("Mục đích", "Purpose"), "widget": "SELECT",
                        "options": {"WORK": text("Việc làm", "Work"), "STUDY": text("Học", "Study")}},
                    "floors": {"label": text("Số tầng", "Floors"), "widget": "RADIOS",
                        "options": {"1": text("Một", "One"), "2": text("Hai", "Two")}},
                    "post": {"label": text("Gửi bưu điện", "By post"), "widget": "CHECKBOX"},
                    "truthful": {"label": text("Cam đoan", "True"), "widget": "CHECKBOX"},
                },
            },
        })
    }

    fn form() -> ProcedureForm {
        ProcedureForm::of(&procedure(), Language::En)
    }

    fn read(page: usize, body: &str, before: Value) -> Value {
        let Value::Object(mut answers) = before else { panic!("answers are an object") };
        form().page(page).expect("a page").read(&Posted::parse(body.as_bytes()), &mut answers);
        Value::Object(answers)
    }

    #[test]
    fn pages_and_labels_are_in_the_readers_language_and_vietnamese_where_there_is_no_other() {
        let form = form();
        let titles: Vec<_> = form.pages().iter().map(|page| page.title.as_str()).collect();
        assert_eq!(titles, ["Person", "Bản sao"]);
        let name = &form.page(1).expect("a page").fields[0];
        assert_eq!((name.label.as_str(), name.hint.as_deref(), name.required), ("Name", Some("As on the card"), true));
        assert!(form.page(0).is_none() && form.page(3).is_none());
        assert_eq!((form.page_of("copies"), form.page_of("nothing")), (Some(2), None));
    }

    #[test]
    fn what_a_browser_sends_becomes_the_types_of_the_schema() {
        let sent = "copies=2&purpose=WORK&floors=2&post=true&truthful=true";
        let expected = json!({"copies": 2, "purpose": "WORK", "floors": 2, "post": true, "truthful": true});
        assert_eq!(read(2, sent, json!({})), expected);
        let sent = "name=+H%E1%BB%93ng+&birth_date-day=8&birth_date-month=3&birth_date-year=1992&story=a%0D%0Ab";
        assert_eq!(read(1, sent, json!({})), json!({"name": "Hồng", "birth_date": "1992-03-08", "story": "a\nb"}));
    }

    #[test]
    fn what_is_known_of_a_date_is_sent_and_stands_in_its_boxes_again() {
        for (sent, kept, boxes) in [
            ("birth_date-day=&birth_date-month=&birth_date-year=1950", "1950", vec![("year", "1950")]),
            (
                "birth_date-day=&birth_date-month=3&birth_date-year=1950",
                "1950-03",
                vec![("month", "3"), ("year", "1950")],
            ),
        ] {
            let answers = read(1, sent, json!({}));
            assert_eq!(answers["birth_date"], kept);
            let expected = boxes.into_iter().map(|(part, value)| (format!("birth_date-{part}"), value.to_owned()));
            assert_eq!(form().page(1).expect("a page").values(&answers), expected.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_field_about_the_person_who_fills_the_form_says_so_and_no_other() {
        let field = |schema: Value, ui: Value| {
            let field = Field::new("x", &schema, &ui, true, Language::Vi);
            let field = serde_json::to_value(field).expect("JSON");
            ["input_type", "inputmode", "autocomplete"].map(|name| field[name].clone())
        };
        for (schema, ui, expected) in [
            (json!({"type": "string"}), json!({"widget": "TEXT", "meaning": "NAME"}), json!(["text", null, "name"])),
            (json!({"format": "phone"}), json!({"widget": "TEXT", "meaning": "PHONE"}), json!(["tel", null, "tel"])),
            (json!({"format": "phone"}), json!({"widget": "TEXT"}), json!(["tel", null, null])),
            (
                json!({"format": "email"}),
                json!({"widget": "TEXT", "meaning": "EMAIL"}),
                json!(["email", null, "email"]),
            ),
            (
                json!({"format": "citizen-number"}),
                json!({"widget": "TEXT", "meaning": "CITIZEN_NUMBER"}),
                json!(["text", "numeric", null]),
            ),
            (
                json!({"format": "date"}),
                json!({"widget": "DATE", "meaning": "BIRTH_DATE"}),
                json!(["text", null, "bday"]),
            ),
            (
                json!({"type": "string"}),
                json!({"widget": "TEXTAREA", "meaning": "ADDRESS"}),
                json!(["text", null, "street-address"]),
            ),
            (json!({"type": "integer"}), json!({"widget": "NUMBER"}), json!(["text", "numeric", null])),
        ] {
            assert_eq!(json!(field(schema.clone(), ui.clone())), expected, "{schema} {ui}");
        }
    }

    #[test]
    fn a_page_changes_its_own_answers_only_and_an_emptied_field_has_none() {
        let before = json!({"name": "Hồng", "story": "x", "copies": 2, "truthful": true});
        assert_eq!(read(1, "name=Lan", before.clone()), json!({"name": "Lan", "copies": 2, "truthful": true}));
        assert_eq!(read(2, "copies=&truthful=", before), json!({"name": "Hồng", "story": "x", "post": false}));
    }

    #[test]
    fn what_is_no_number_and_no_date_is_left_for_the_api_to_refuse() {
        assert_eq!(read(2, "copies=hai", json!({}))["copies"], "hai");
        assert_eq!(read(2, "copies=1.5", json!({}))["copies"], "1.5");
        assert_eq!(read(2, "copies=99999999999999999999", json!({}))["copies"], "99999999999999999999");
        assert_eq!(read(2, "copies=+1+000+", json!({}))["copies"], 1000);
        assert_eq!(
            read(1, "birth_date-day=31&birth_date-month=&birth_date-year=92", json!({}))["birth_date"],
            "0092-00-31"
        );
        assert_eq!(read(2, "purpose=FUN&floors=3", json!({})), json!({"purpose": "FUN", "floors": "3", "post": false}));
    }

    #[test]
    fn a_saved_answer_stands_in_its_field_again() {
        let answers = json!({"name": "Hồng", "birth_date": "1992-03-08", "copies": 2, "floors": 2, "truthful": true});
        let first = form().page(1).expect("a page").values(&answers);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let date = [pair("birth_date-day", "8"), pair("birth_date-month", "3"), pair("birth_date-year", "1992")];
        assert_eq!(first, [vec![pair("name", "Hồng")], date.to_vec()].concat());
        let second = form().page(2).expect("a page").values(&answers);
        assert_eq!(second, [pair("copies", "2"), pair("floors", "2"), pair("truthful", "true")]);
    }

    #[test]
    fn what_must_be_answered_and_is_not_is_named() {
        let form = form();
        let answers = json!({"name": "Hồng"});
        let answers = answers.as_object().expect("an object");
        assert_eq!(form.page(1).expect("a page").missing(answers), ["birth_date"]);
        assert_eq!(form.page(2).expect("a page").missing(answers), ["copies", "truthful"]);
    }

    #[test]
    fn answers_are_told_in_words() {
        let answers = json!({"birth_date": "1992-03-08", "copies": 2, "purpose": "WORK", "floors": 2, "post": false});
        let rows = |page: usize| {
            let rows = form().page(page).expect("a page").rows(&answers);
            rows.into_iter().map(|row| (row.label, row.value.unwrap_or_else(|| "-".into()))).collect::<Vec<_>>()
        };
        let told = |pairs: &[(&str, &str)]| -> Vec<_> {
            pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
        };
        assert_eq!(rows(1), told(&[("Name", "-"), ("Born", "8 March 1992"), ("Tell", "-")]));
        let second = [("Copies", "2"), ("Purpose", "Work"), ("Floors", "Two"), ("By post", "No"), ("True", "-")];
        assert_eq!(rows(2), told(&second));
    }
}
