//! The forms in a page's HTML.

use crate::browser::{Page, attribute};

/// A form that changes something.
#[derive(Debug)]
pub struct FormHtml {
    pub action: String,
    pub multipart: bool,
    pub fields: Vec<FieldHtml>,
}

/// A field of it; of a choice the first that can be made.
#[derive(Debug)]
pub struct FieldHtml {
    pub name: String,
    pub value: String,
    pub kind: Kind,
}

/// What a field is for who fills the form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Hidden,
    Text,
    Choice,
    /// A password, a code that comes by mail, the secret of a slip.
    Secret,
    File,
}

impl FormHtml {
    /// Those of a page.
    pub fn all(page: &Page) -> Vec<Self> {
        let forms = page.html.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
        forms.filter(|form| form.contains("method=\"post\"")).map(Self::read).collect()
    }

    fn read(form: &str) -> Self {
        let head = form.split('>').next().unwrap_or_default();
        let mut fields: Vec<FieldHtml> = Vec::new();
        for part in form.split('<').skip(1) {
            let field = match part.split(' ').next().unwrap_or_default() {
                "input" => input(part),
                "textarea" => named(part, Kind::Text, String::new()),
                "select" => named(part, Kind::Choice, String::new()),
                "option" => {
                    if let Some(select) = fields.last_mut().filter(|select| select.value.is_empty()) {
                        select.value = attribute(part, "value").unwrap_or_default();
                    }
                    None
                }
                _ => None,
            };
            if let Some(new) = field.filter(|new| fields.iter().all(|known| known.name != new.name)) {
                fields.push(new);
            }
        }
        Self {
            action: attribute(head, "action").expect("an action"),
            multipart: head.contains("multipart/form-data"),
            fields,
        }
    }
}

fn input(tag: &str) -> Option<FieldHtml> {
    let kind = match &*attribute(tag, "type").unwrap_or_default() {
        "hidden" => Kind::Hidden,
        "radio" | "checkbox" => Kind::Choice,
        "file" => Kind::File,
        "password" => Kind::Secret,
        _ if tag.contains("one-time-code") || tag.contains("name=\"secret\"") => Kind::Secret,
        _ => Kind::Text,
    };
    named(tag, kind, attribute(tag, "value").unwrap_or_default())
}

fn named(tag: &str, kind: Kind, value: String) -> Option<FieldHtml> {
    Some(FieldHtml { name: attribute(tag, " name")?, value, kind })
}
