//! What officials do with a dossier: a line for each action.

use actix_web::{HttpRequest, HttpResponse, web};
use edge::Work;
use serde_json::Value;

use crate::{
    failure::Failure,
    official::Official,
    pages::kinds::{ActionForm, Part, Side},
};

/// The actions that have a page. One more is a line here and its words.
pub(super) const ACTIONS: [ActionForm; 23] = [
    action("RECEIVE", "receipt", &[Part::Facts, Part::MissingPapers, Part::Text]),
    action("REFUSE", "refusal", &[Part::Facts, Part::MissingPapers, Part::Text]),
    action("TAKE", "taking", &[Part::Subject, Part::Text]),
    action("GIVE_BACK", "giving-back", &[Part::Subject, Part::Text]),
    action("ASSIGN", "assignment", &[Part::Subject, Part::Text]),
    action("FORWARD", "forwarding", &[Part::Subject, Part::Text]),
    action("SEND_BACK", "sending-back", &[Part::Subject, Part::Text]),
    action("REQUEST_SUPPLEMENT", "supplement-request", &[Part::Subject, Part::MissingPapers, Part::Text]),
    // Its page is `take_supplement.rs`.
    action("TAKE_SUPPLEMENT", "supplement-intake", &[Part::Subject, Part::Text]),
    action("STOP", "suspension", &[Part::Subject, Part::Text]),
    action("RESUME", "resumption", &[Part::Subject, Part::Text]),
    ActionForm { charges: true, ..action("CHARGE", "charges", &[Part::Subject, Part::Text]) },
    action("CANCEL_CHARGE", "charge-cancellation", &[Part::Subject, Part::Text]),
    ActionForm { numbers: &["working_days"], ..action("EXTEND", "extension", &[Part::Subject, Part::Text]) },
    ActionForm { numbers: &["working_days"], ..action("APOLOGISE", "apology", &[Part::Subject, Part::Text]) },
    action("NOTE_LATENESS", "lateness-causes", &[Part::Subject, Part::Text]),
    ActionForm { codes: &["agency"], ..action("CONSULT", "consultations", &[Part::Subject, Part::Text]) },
    ActionForm { file: Some(".pdf,application/pdf"), ..action("SEND_DRAFT", "drafts", &[Part::Subject, Part::Text]) },
    ActionForm {
        file: Some(".pdf,application/pdf"),
        ..action("ADD_RESULT", "results", &[Part::Subject, Part::Results])
    },
    action("COMPLETE", "completion", &[Part::Text, Part::Results]),
    ActionForm {
        file: Some(".pdf,application/pdf"),
        ..action("DECLINE", "refusal-document", &[Part::Subject, Part::Text])
    },
    ActionForm {
        begins: as_wanted,
        ..action("RETURN", "return", &[Part::Subject, Part::Text, Part::ReturnWay, Part::Results])
    },
    action("CORRECT", "correction", &[Part::Subject, Part::Text, Part::Results]),
];

const fn action(name: &'static str, path: &'static str, shows: &'static [Part]) -> ActionForm {
    ActionForm::new(Side::Work, name, path, shows)
}

/// A result is handed over as it is wanted, unless the receiver says otherwise.
fn as_wanted(dossier: &Value) -> Vec<(String, String)> {
    let way = dossier["return_way"]["way"].as_str().map(|way| ("way".to_owned(), way.to_owned()));
    way.into_iter().collect()
}

/// Asks for what the action needs.
pub(super) async fn show(official: Official<Work>, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    find(&path.1)?.show(&official, &path.0).await
}

/// Does it.
pub(super) async fn send(
    official: Official<Work>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Failure> {
    find(&path.1)?.send(&official, &path.0, &request, body.into_inner()).await
}

fn find(path: &str) -> Result<&'static ActionForm, Failure> {
    ACTIONS.iter().find(|action| action.path == path).ok_or(Failure::NotFound)
}

#[cfg(test)]
mod tests {
    use civic::Language;

    use super::*;
    use crate::words::Words;

    fn words(action: &ActionForm) -> Vec<String> {
        let name = action.name;
        let file = action.file.map(|_| [format!("action-{name}-file"), format!("action-{name}-file-hint")]);
        let text = action.shows.iter().filter(|part| matches!(part, Part::Text)).map(|_| format!("action-{name}-text"));
        [format!("action-{name}"), format!("done-{name}")]
            .into_iter()
            .chain(text)
            .chain(file.into_iter().flatten())
            .chain(
                action
                    .numbers
                    .iter()
                    .chain(action.codes)
                    .flat_map(|it| ["", "-hint"].map(|end| format!("action-{name}-{it}{end}"))),
            )
            .collect()
    }

    #[test]
    fn every_action_has_its_words_in_both_languages() {
        for language in [Language::Vi, Language::En] {
            let known = Words::load(language).expect("messages");
            for name in ACTIONS.iter().flat_map(words) {
                let said = known.say(&name, [("name", "An".into()), ("limit", "10 MB".into())]);
                assert!(said.is_ok(), "{said:?} in {language}");
            }
        }
    }
}
