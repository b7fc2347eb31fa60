//! The form of one procedure at the counter of one agency, and what is sent of it.

use std::sync::Arc;

use civic::{AdministrativeLevel, AgencyCode, Language, search::plain};
use edge::Receive;
use serde_json::{Map, Value, json};

use crate::{
    failure::{Failure, Problem},
    form::Form,
    forms::{Field, ProcedureForm},
    official::Official,
    pages::{kinds::published, public::Receipt, work::list},
    posted::Posted,
};

/// Originals or copies of one paper, as the API has it.
const MOST_PAPERS: u16 = 999;

/// What is taken in where.
pub(super) struct Counter {
    /// The agency of the counter.
    pub agency: AgencyCode,
    /// The procedure.
    pub procedure: Arc<Value>,
    /// Its form.
    pub form: ProcedureForm,
    /// The agencies that it can be for: code and name.
    agencies: Vec<(String, Value)>,
}

impl Counter {
    /// The counter of the official for the procedure of the address.
    pub async fn open(official: &Official<Receive>, path: &(String, String)) -> Result<Self, Failure> {
        let agency = list::own(official, &path.0)?;
        let (_, procedure): (civic::ProcedureCode, _) = published(official, "procedures", &path.1).await?;
        let form = ProcedureForm::of(&procedure, official.language);
        let agencies = agencies(official, &agency, &procedure).await?;
        Ok(Self { agency, procedure, form, agencies })
    }

    /// The address of the form.
    fn here(&self) -> String {
        format!("/work/{}/intake/{}", self.agency, self.procedure["code"].as_str().unwrap_or_default())
    }

    /// Its fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.form.pages().iter().flat_map(|page| &page.fields)
    }

    /// What a field says of the person who fills the form.
    pub fn meaning(&self, field: &str) -> &str {
        self.procedure["ui"]["fields"][field]["meaning"].as_str().unwrap_or_default()
    }

    /// The name of the field that says this of the person.
    pub fn meant(&self, meaning: &str) -> Option<&str> {
        self.fields().map(|field| field.name.as_str()).find(|name| self.meaning(name) == meaning)
    }

    /// The papers that it asks for.
    fn papers(&self) -> impl Iterator<Item = &str> {
        self.procedure["components"].as_array().into_iter().flatten().filter_map(|paper| paper["code"].as_str())
    }

    /// What stands in a new form.
    pub fn begun(&self) -> Vec<(String, String)> {
        let own = self.agencies.iter().find(|(code, _)| code == self.agency.as_str()).or(self.agencies.first());
        let agency = own.map(|(code, _)| ("in-agency".to_owned(), code.clone()));
        agency.into_iter().chain([("in-channel".to_owned(), "DIRECT".to_owned())]).collect()
    }

    /// The agency of the unit that an address names, among those that it can be for.
    pub fn agency_at(&self, address: &str) -> Option<&str> {
        let address = plain(address);
        let names = |name: &Value| unit(name["vi"].as_str()?).filter(|unit| address.contains(unit.as_str()));
        self.agencies.iter().find(|(_, name)| names(name).is_some()).map(|(code, _)| code.as_str())
    }

    /// What is taken in, as the API wants it.
    pub fn intake(&self, posted: &Posted) -> Value {
        let mut answers = Map::new();
        self.form.pages().iter().for_each(|page| page.read(posted, &mut answers));
        let answered = |meaning: &str| self.meant(meaning).and_then(|field| answers.get(field)).and_then(Value::as_str);
        let some = |name: &str| Some(posted.get(name)).filter(|text| !text.is_empty());
        let wanted = |way| json!({"way": way, "address": some("return-address"), "phone": some("return-phone")});
        let addressed = some("return-address").or(some("return-phone"));
        let number = answered("CITIZEN_NUMBER").or(some("in-person"));
        // Another number than the one that was looked for is another person.
        let same = number.map(digits) == some("in-person").map(digits);
        json!({
            "procedure": self.procedure["code"],
            "agency": some("in-agency").unwrap_or(self.agency.as_str()),
            "channel": posted.get("in-channel"),
            "applicant": {
                "name": answered("NAME").or(some("in-name")).unwrap_or_default(),
                "citizen_number": number,
                "account": some("in-account").filter(|_| same),
            },
            "papers": self.papers().map(|code| json!({
                "component": code,
                "originals": count(posted.get(&format!("paper-{code}"))),
                "copies": count(posted.get(&format!("copies-{code}"))),
            })).collect::<Vec<_>>(),
            "consent": some("in-consent"),
            // An address is for the post, whether that was chosen beside it or not.
            "return_way": some("return-way").or(addressed.map(|_| "POST")).map(wanted),
            "answers": answers,
        })
    }

    /// A refusal with the names that the fields have here.
    pub fn told_of(&self, mut problem: Problem, official: &Official<Receive>, posted: &Posted) -> Problem {
        for error in &mut problem.errors {
            let parts: Vec<&str> = error.pointer.trim_start_matches('/').split('/').collect();
            let field = match parts.as_slice() {
                ["answers", field, ..] => (*field).to_owned(),
                ["return_way", name] => format!("return-{name}"),
                ["documents", code] => format!("paper-{code}"),
                ["papers", place, rest @ ..] => {
                    let code = place.parse().ok().and_then(|place| self.papers().nth(place));
                    paper_field(code.unwrap_or_default(), rest)
                }
                ["applicant", "name"] => self.meant("NAME").unwrap_or("in-name").to_owned(),
                ["applicant", ..] => self.meant("CITIZEN_NUMBER").unwrap_or("in-card").to_owned(),
                [other, ..] => format!("in-{other}"),
                [] => String::new(),
            };
            if let Some(message) = self.fields().find(|it| it.name == field).and_then(|it| it.fault(posted)) {
                error.detail = official.say(message);
            }
            if counts_wrongly(&field, posted) {
                error.detail = official.say("intake-count-wrong");
            }
            error.pointer = format!("/{field}");
        }
        problem
    }

    /// What the page shows, with who was found.
    pub fn content(&self, official: &Official<Receive>, form: &Form, found: Option<&Value>) -> Value {
        let online = self.procedure["kind"]["online"] != "INFORMATION";
        let channels = ["DIRECT", "POST"].into_iter().chain(online.then_some("ONLINE"));
        json!({
            "list": format!("/work/{}", self.agency),
            "choice": format!("/work/{}/intake", self.agency),
            "here": self.here(),
            "procedure": {"code": self.procedure["code"], "name": self.procedure["name"]},
            "fee_rules": self.procedure["fee_rules"],
            "pages": self.form.pages(),
            "components": self.procedure["components"],
            "channels": channels.collect::<Vec<_>>(),
            "agencies": self.agencies.iter().map(|(code, name)| json!([code, said(name, official.language)])).collect::<Vec<_>>(),
            "asks_name": self.meant("NAME").is_none(),
            "found": found,
            "key": official.new_key(),
            "form": form,
        })
    }

    /// What the page shows when it is taken in.
    pub fn taken(&self, official: &Official<Receive>, receipt: &Value, channel: &str) -> Value {
        let secret = receipt["tracking_secret"].as_str().unwrap_or_default();
        json!({
            "tracking": official.app.address(&Receipt::address(receipt["code"].as_str(), secret)),
            "list": format!("/work/{}", self.agency),
            "again": self.here(),
            "choice": format!("/work/{}/intake", self.agency),
            "scans": format!("/work/{}/intake/dossiers/{}", self.agency, receipt["dossier_id"].as_str().unwrap_or_default()),
            "procedure": self.procedure["name"],
            "receipt": receipt,
            "channel": channel,
        })
    }
}

/// The agencies that a dossier taken in here can be for: of the province where the procedure is free of territory, or else this one.
async fn agencies(
    official: &Official<Receive>,
    agency: &AgencyCode,
    procedure: &Value,
) -> Result<Vec<(String, Value)>, Failure> {
    if procedure["non_territorial"] != true {
        return Ok(Vec::new());
    }
    let found = official.published("/api/v1/agencies?receives=true&page_size=100").await?;
    let there = found["items"].as_array().into_iter().flatten().filter_map(|it| {
        let code: AgencyCode = it["code"].as_str()?.parse().ok()?;
        let level = AdministrativeLevel::of(&code).as_str();
        let handles = procedure["levels"].as_array()?.iter().any(|it| it == level);
        (handles && code.root() == agency.root()).then(|| (code.to_string(), it["name"].clone()))
    });
    Ok(there.collect())
}

/// A name in the language of who reads it.
fn said(name: &Value, language: Language) -> &str {
    name[language.as_str()].as_str().or_else(|| name["vi"].as_str()).unwrap_or_default()
}

/// The unit that an agency is of, as addresses name it: `phuong doi che` of `Ủy ban nhân dân phường Đồi Chè`.
fn unit(name: &str) -> Option<String> {
    let name = name.split('(').next()?.trim();
    let units = ["phường ", "xã ", "đặc khu "];
    let at = units.iter().find_map(|kind| name.to_lowercase().find(kind))?;
    Some(plain(name.get(at..)?))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// How many were typed; what is no number is left for the API to refuse.
pub(in crate::pages::work) fn count(text: &str) -> Value {
    match text {
        "" => json!(0),
        text => text.parse::<u16>().map_or_else(|_| json!(text), Value::from),
    }
}

/// The field that a fault with a paper is said beside: that of its copies, or else that of its originals.
pub(in crate::pages::work) fn paper_field(code: &str, rest: &[&str]) -> String {
    let field = if rest == ["copies"] { "copies" } else { "paper" };
    format!("{field}-{code}")
}

/// Whether the field is one of papers' numbers, and no number that it takes stands in it.
pub(in crate::pages::work) fn counts_wrongly(field: &str, posted: &Posted) -> bool {
    let is_count = field.starts_with("paper-") || field.starts_with("copies-");
    let typed = posted.get(field);
    is_count && !typed.is_empty() && !typed.parse::<u16>().is_ok_and(|number| number <= MOST_PAPERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_of_the_unit_that_its_name_ends_with() {
        for (name, expected) in [
            ("Ủy ban nhân dân phường Đồi Chè (minh họa)", Some("phuong doi che")),
            ("Ủy ban nhân dân xã Suối Mây", Some("xa suoi may")),
            ("Công an xã Suối Mây", Some("xa suoi may")),
            ("Ủy ban nhân dân tỉnh Phú Thọ", None),
        ] {
            assert_eq!(unit(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn what_is_wrong_with_copies_is_said_beside_copies() {
        let posted = Posted::parse(b"paper-CT01=1&copies-CT01=-1&paper-A=70000");
        assert_eq!(paper_field("CT01", &["copies"]), "copies-CT01");
        assert_eq!(
            (paper_field("CT01", &["component"]), paper_field("CT01", &[])),
            ("paper-CT01".into(), "paper-CT01".into())
        );
        let wrong = ["paper-CT01", "copies-CT01", "paper-A", "in-agency"].map(|field| counts_wrongly(field, &posted));
        assert_eq!(wrong, [false, true, true, false]);
    }

    #[test]
    fn what_was_typed_for_a_number_of_papers_is_counted_or_left_for_the_api() {
        assert_eq!((count(""), count("2"), count("hai")), (json!(0), json!(2), json!("hai")));
    }
}
