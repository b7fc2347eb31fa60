//! Who hands in, and what is known of her: by her card, her account, her earlier dossiers.

use civic::{CitizenCard, CitizenNumber};
use edge::Receive;
use serde_json::{Map, Value, json};

use super::counter::Counter;
use crate::{failure::Failure, form::Form, official::Official, posted::Posted};

/// Who was found.
pub(super) struct Person {
    number: CitizenNumber,
    name: Option<String>,
    account: Option<String>,
    known: Vec<Known>,
    /// The agency of the place where she lives.
    agency: Option<String>,
}

/// An answer, and where it comes from.
struct Known {
    field: String,
    value: Value,
    /// A word of the messages, and the dossier's code where it is one.
    source: (&'static str, Value),
}

/// Looks for who showed her card, or whose number was typed; the form again when neither was read.
pub(super) async fn find(
    official: &Official<Receive>,
    counter: &Counter,
    posted: &Posted,
) -> Result<Result<Person, Form>, Failure> {
    let typed = posted.get("in-card");
    let card = typed.parse::<CitizenCard>().ok();
    let number = card.as_ref().map(|card| card.number.clone()).or_else(|| typed.parse().ok());
    let Some(number) = number else {
        let mut form = Form::of(posted);
        form.fault("in-card", &official.say("intake-card-wrong"));
        return Ok(Err(form));
    };
    let (agency, api) = (&counter.agency, official.api());
    let search = json!({ "citizen_number": number.as_str() });
    let account = api.post(&format!("/api/v1/agencies/{agency}/account-searches"), None, &search).await?;
    let account = &account["account"];
    let search = json!({
        "citizen_number": number.as_str(), "account": account["id"], "procedure": counter.procedure["code"],
    });
    let earlier = api.post(&format!("/api/v1/agencies/{agency}/person-searches"), None, &search).await?;
    let card_says = card.as_ref().map(of_card).unwrap_or_default();
    let mut known = meant(counter, &card_says, "CARD");
    known.extend(meant(counter, &of_account(account), "ACCOUNT"));
    known.extend(earlier["answers"].as_array().into_iter().flatten().map(|answer| Known {
        field: answer["field"].as_str().unwrap_or_default().to_owned(),
        value: answer["value"].clone(),
        source: ("DOSSIER", answer["from"].clone()),
    }));
    let number_alone = Map::from_iter([("CITIZEN_NUMBER".to_owned(), json!(number.as_str()))]);
    known.extend(meant(counter, &number_alone, "TYPED"));
    let names = [card_says.get("NAME"), account.get("name"), earlier.get("name")];
    let name = names.into_iter().flatten().find_map(Value::as_str);
    let home = card.as_ref().and_then(|card| card.address.as_deref());
    Ok(Ok(Person {
        name: name.map(ToOwned::to_owned),
        account: account["id"].as_str().map(ToOwned::to_owned),
        agency: home.and_then(|home| counter.agency_at(home)).map(ToOwned::to_owned),
        number,
        known,
    }))
}

/// What the card says, by the meanings of fields.
fn of_card(card: &CitizenCard) -> Map<String, Value> {
    let mut says = Map::new();
    says.insert("NAME".into(), json!(card.name.as_str()));
    says.insert("CITIZEN_NUMBER".into(), json!(card.number.as_str()));
    says.insert("BIRTH_DATE".into(), json!(card.birth_date.to_string()));
    says.insert("GENDER".into(), json!(card.gender.as_str()));
    says.extend(card.address.iter().map(|address| ("ADDRESS".to_owned(), json!(address))));
    says
}

/// What her account says, likewise.
fn of_account(account: &Value) -> Map<String, Value> {
    let members =
        [("NAME", "name"), ("BIRTH_DATE", "birth_date"), ("GENDER", "gender"), ("PHONE", "phone"), ("EMAIL", "email")];
    let said = members.iter().filter(|(_, member)| account[member].is_string());
    said.map(|(meaning, member)| ((*meaning).to_owned(), account[member].clone())).collect()
}

/// What fills the fields of the form that mean what is said.
fn meant(counter: &Counter, says: &Map<String, Value>, source: &'static str) -> Vec<Known> {
    let fields = counter.fields().filter_map(|field| {
        let value = says.get(counter.meaning(&field.name))?.clone();
        Some(Known { field: field.name.clone(), value, source: (source, Value::Null) })
    });
    fields.collect()
}

impl Person {
    /// What fills this field: the first that is known.
    fn answer(&self, field: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.field == field)
    }

    /// What stands in the form: what was typed for this person, then what is known of her.
    pub fn values(&self, counter: &Counter, posted: &Posted) -> Vec<(String, String)> {
        let before = posted.get("in-person");
        let same = before.is_empty() || before == self.number.as_str();
        let mut values: Vec<_> = posted
            .fields()
            .filter(|(name, value)| !value.trim().is_empty() && (same || name.starts_with("in-")))
            .filter(|(name, _)| !["in-person", "in-account"].contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        for field in counter.fields() {
            let typed =
                values.iter().any(|(name, _)| *name == field.name || name.starts_with(&format!("{}-", field.name)));
            if let Some(known) = self.answer(&field.name).filter(|_| !typed) {
                values.extend(field.values(&known.value));
            }
        }
        if let Some(agency) = &self.agency {
            values.retain(|(name, _)| name != "in-agency");
            values.push(("in-agency".into(), agency.clone()));
        }
        values.push(("in-person".into(), self.number.as_str().to_owned()));
        values.extend(self.account.iter().map(|account| ("in-account".to_owned(), account.clone())));
        values
    }

    /// Who it is, and by field where what is known comes from.
    pub fn told(&self) -> Value {
        let mut sources = Map::new();
        for Known { field, source: (kind, code), .. } in &self.known {
            sources.entry(field.clone()).or_insert_with(|| json!({"kind": kind, "code": code}));
        }
        let has_account = self.account.is_some();
        json!({"name": self.name, "number": self.number.as_str(), "has_account": has_account, "sources": sources})
    }
}
