//! The papers that an action is about: for each of the procedure's what was written, if anything was.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::DossierRecord;
use crate::{failure::Problem, form::Form, posted::Posted, signed_in::SignedIn};

/// A text that is written with an action, as the API asks for it.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct TextField {
    pub name: String,
    pub required: bool,
    max_length: u32,
}

/// One of a few that is chosen with an action, as the API asks for it.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ChoiceField {
    pub name: String,
    pub required: bool,
    pub options: Vec<String>,
    /// What each is called, where it is no word of ours.
    pub labels: Vec<Value>,
}

impl ChoiceField {
    /// What was chosen with an action, as it is called on its form.
    pub fn said(&self, visit: &SignedIn, action: &str, word: &str) -> String {
        let Some(place) = self.options.iter().position(|option| option == word) else { return word.to_owned() };
        match self.labels.get(place) {
            Some(label) => {
                let text = label[visit.language.as_str()].as_str().or(label["vi"].as_str());
                text.unwrap_or(word).to_owned()
            }
            None => visit.say(&format!("action-{action}-{}-{word}", self.name)),
        }
    }
}

/// The papers of an action that takes some; empty for one that takes none.
pub(super) struct AskedPapers {
    /// The names of what is written for each.
    texts: Vec<String>,
    /// The component and what was written for it, in the order of the texts.
    written: Vec<(String, Vec<String>)>,
    /// Where it is said that nothing was asked for.
    first: String,
}

impl AskedPapers {
    /// What was written for the papers of the dossier's procedure; a paper for which nothing was is not asked for.
    pub fn read(record: &DossierRecord, texts: &[TextField], fields: &Posted) -> Self {
        let texts: Vec<_> = texts.iter().map(|text| text.name.clone()).collect();
        let components = record.procedure["components"].as_array().into_iter().flatten();
        let codes: Vec<_> = components.filter_map(|component| component["code"].as_str()).collect();
        let typed = |code: &str, text: &String| fields.get(&format!("{code}-{text}")).replace("\r\n", "\n");
        let written = codes.iter().map(|code| {
            let typed = texts.iter().map(|text| typed(code, text)).collect::<Vec<_>>();
            ((*code).to_owned(), typed)
        });
        let written = written.filter(|(_, typed)| typed.iter().any(|text| !text.is_empty())).collect();
        let first = codes.first().zip(texts.first()).map(|(code, text)| format!("{code}-{text}"));
        Self { written, texts, first: first.unwrap_or_default() }
    }

    /// Says beside the fields what is missing.
    pub fn faults(&self, visit: &SignedIn, form: &mut Form) {
        if !self.texts.is_empty() && self.written.is_empty() {
            form.fault(&self.first, &visit.say("papers-none"));
        }
        for (code, typed) in &self.written {
            for (text, _) in self.texts.iter().zip(typed).filter(|(_, typed)| typed.is_empty()) {
                form.fault(&format!("{code}-{text}"), &visit.say("field-required"));
            }
        }
    }

    /// As the API takes them.
    pub fn body(&self) -> Option<(String, Value)> {
        let paper = |(code, typed): &(String, Vec<String>)| {
            let texts = self.texts.iter().zip(typed).map(|(name, text)| (name.clone(), json!(text)));
            Value::Object([("component".to_owned(), json!(code))].into_iter().chain(texts).collect())
        };
        let papers: Vec<_> = self.written.iter().map(paper).collect();
        (!papers.is_empty()).then(|| ("papers".to_owned(), Value::Array(papers)))
    }

    /// What was typed, to be kept.
    pub fn typed(&self) -> impl Iterator<Item = String> {
        self.written.iter().map(|(code, typed)| format!("{code}: {}", typed.join(" – ")))
    }

    /// A problem with its faults at the fields of the form: `/papers/0/reason` is that of the first paper that was asked for.
    pub fn named(&self, mut problem: Problem) -> Problem {
        for error in &mut problem.errors {
            let mut path = error.pointer.split('/').skip(1);
            let (papers, place, text) = (path.next(), path.next(), path.next());
            let code = place.and_then(|place| Some(&self.written.get(place.parse::<usize>().ok()?)?.0));
            if let (Some("papers"), Some(code), Some(text)) = (papers, code, text) {
                error.pointer = format!("/{code}-{text}");
            }
        }
        problem
    }
}
