//! What the form asks for: a schema that works, every field shown, dates and people that agree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{DateLimit, Fault, Form, Procedure, form::below};

impl Procedure {
    /// The schema compiles, and its patterns run in linear time.
    pub(super) fn schema(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        patterns(&self.form, "/form", &mut faults);
        if faults.is_empty()
            && let Err(why) = Form::compile(&self.form)
        {
            faults.push(Fault::at(
                "/form",
                "schema",
                format!("Mẫu đơn không phải JSON Schema dùng được: {why}"),
                format!("The form is no JSON Schema that can be used: {why}"),
            ));
        }
        faults
    }

    /// Every field shown is one of the form's, and the other way round.
    pub(super) fn fields(&self) -> Vec<Fault> {
        let asked: BTreeSet<&str> =
            self.form["properties"].as_object().into_iter().flatten().map(|(name, _)| &**name).collect();
        let mut placed = BTreeMap::new();
        let mut faults = Vec::new();
        for (number, page) in self.ui.pages.iter().enumerate() {
            for (place, name) in page.fields.iter().enumerate() {
                let pointer = format!("/ui/pages/{number}/fields/{place}");
                match () {
                    () if !asked.contains(&**name) => faults.push(unknown(pointer.clone(), name)),
                    () if placed.contains_key(&**name) => faults.push(twice(pointer.clone(), name)),
                    () => {}
                }
                placed.entry(&**name).or_insert(pointer);
            }
        }
        let shown = self.ui.fields.keys().filter(|name| !asked.contains(&***name));
        faults.extend(shown.map(|name| unknown(below("/ui/fields", name), name)));
        for name in asked {
            if !self.ui.fields.contains_key(name) || !placed.contains_key(name) {
                faults.push(hidden(name));
            }
        }
        let required = self.form["required"].as_array().into_iter().flatten().enumerate();
        let required = required.filter_map(|(place, name)| Some((place, name.as_str()?)));
        let missing = required.filter(|(_, name)| self.form["properties"].get(name).is_none());
        faults.extend(missing.map(|(place, name)| unknown(format!("/form/required/{place}"), name)));
        faults
    }

    /// Bounds are of dates that the form asks for, and not of a date by itself.
    pub(super) fn bounds(&self) -> Vec<Fault> {
        let bounds = self.date_bounds.iter().enumerate();
        let faults = bounds.flat_map(|(place, bound)| {
            let pointer = format!("/date_bounds/{place}");
            let own = self.no_date(&bound.answer, format!("{pointer}/answer"));
            let other = match &bound.to {
                DateLimit::Answer { answer } if *answer == bound.answer => Some(Fault::at(
                    format!("{pointer}/to/answer"),
                    "against-itself",
                    format!("Ngày {answer} đang được so với chính nó; hãy chọn ngày khác."),
                    format!("The date {answer} is held against itself."),
                )),
                DateLimit::Answer { answer } => self.no_date(answer, format!("{pointer}/to/answer")),
                DateLimit::Today | DateLimit::Date { .. } => None,
            };
            own.into_iter().chain(other)
        });
        faults.collect()
    }

    /// Answers about one person are a citizen number, a date, a gender.
    pub(super) fn persons(&self) -> Vec<Fault> {
        let asked = |name: &str| &self.form["properties"][name];
        let people = self.people.iter().enumerate();
        let faults = people.flat_map(|(place, person)| {
            let pointer = format!("/people/{place}");
            let number = &person.citizen_number;
            let no_number = (asked(number)["format"] != "citizen-number").then(|| {
                Fault::at(
                    format!("{pointer}/citizen_number"),
                    "no-citizen-number",
                    format!("Mục {number} không phải số định danh cá nhân (format citizen-number)."),
                    format!("A person is told by the answer {number}, which is no citizen number."),
                )
            });
            let is_gender = |name: &str| {
                let values = asked(name)["enum"].as_array();
                values.is_some_and(|values| values.iter().all(|value| value == "MALE" || value == "FEMALE"))
            };
            let no_gender = person.gender.as_ref().filter(|name| !is_gender(name)).map(|name| {
                Fault::at(
                    format!("{pointer}/gender"),
                    "no-gender",
                    format!("Mục {name} không phải giới tính (MALE, FEMALE)."),
                    format!("The gender of a person is the answer {name}, which is none."),
                )
            });
            let born = person.birth_date.as_ref();
            let no_date = born.and_then(|name| self.no_date(name, format!("{pointer}/birth_date")));
            no_number.into_iter().chain(no_gender).chain(no_date)
        });
        faults.collect()
    }

    /// Why an answer cannot be held against a date: it is none.
    fn no_date(&self, name: &str, pointer: String) -> Option<Fault> {
        let format = self.form["properties"][name]["format"].as_str();
        let is_date = matches!(format, Some("date" | "partial-date"));
        (!is_date).then(|| {
            Fault::at(
                pointer,
                "no-date",
                format!("Mục {name} không phải là ngày (format date hoặc partial-date)."),
                format!("The answer {name} is held against a date, and is none."),
            )
        })
    }
}

/// Patterns that look around or back: they cannot be run in linear time.
fn patterns(schema: &Value, pointer: &str, faults: &mut Vec<Fault>) {
    match schema {
        Value::Object(members) => {
            for (name, member) in members {
                let place = below(pointer, name);
                match member {
                    Value::String(text) if name == "pattern" => {
                        if Form::compile(&json!({"pattern": text})).is_err() {
                            faults.push(pattern(place));
                        }
                    }
                    other => patterns(other, &place, faults),
                }
            }
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(place, item)| patterns(item, &format!("{pointer}/{place}"), faults));
        }
        _ => {}
    }
}

fn pattern(pointer: String) -> Fault {
    Fault::at(
        pointer,
        "pattern",
        "Mẫu kiểm tra này không dùng được: viết sai, hoặc có nhìn trước, nhìn sau ((?=…), (?<=…)), tham chiếu lùi. Hãy viết lại không dùng những phần ấy.",
        "This pattern cannot be used: it is malformed, or looks around ((?=…), (?<=…)) or back. Write it without these.",
    )
}

fn unknown(pointer: String, name: &str) -> Fault {
    Fault::at(
        pointer,
        "field-unknown",
        format!("Mẫu đơn không có mục {name}; hãy thêm vào form.properties hoặc bỏ ở đây."),
        format!("The form does not know the field {name}; add it to form.properties, or leave it out here."),
    )
}

fn twice(pointer: String, name: &str) -> Fault {
    let vi = format!("Mục {name} đã đứng ở một trang; hãy bỏ một.");
    Fault::at(pointer, "field-twice", vi, format!("The field {name} is on a page already; leave one out."))
}

fn hidden(name: &str) -> Fault {
    Fault::at(
        below("/form/properties", name),
        "field-hidden",
        format!("Mục {name} chưa được trình bày; hãy thêm vào ui.fields và vào một trang của ui.pages."),
        format!("The field {name} is not shown; describe it in ui.fields, and put it on a page of ui.pages."),
    )
}
