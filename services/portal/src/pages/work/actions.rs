//! What officials do with a dossier: a line for each action.

use actix_web::{HttpRequest, HttpResponse, web};
use edge::Work;

use crate::{
    failure::Failure,
    official::Official,
    pages::kinds::{ActionField, ActionForm, Part},
};

/// Only officials read it.
const NOTE: ActionField = ActionField::Text { name: "note", required: false, max_length: 1000 };
const PDF: ActionField = ActionField::File { name: "file", accept: ".pdf" };

/// The actions that have a page. One more is a line here and its words.
pub(super) const ACTIONS: [ActionForm; 3] = [
    ActionForm {
        name: "RECEIVE",
        path: "receipt",
        shows: &[Part::Facts, Part::MissingPapers, Part::Text],
        fields: &[],
    },
    ActionForm { name: "ADD_RESULT", path: "results", shows: &[Part::Subject, Part::Results], fields: &[PDF] },
    ActionForm { name: "COMPLETE", path: "completion", shows: &[Part::Text, Part::Results], fields: &[NOTE] },
];

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
        let fields = action.fields.iter().flat_map(|field| {
            let (ActionField::Text { name: field, .. } | ActionField::File { name: field, .. }) = field;
            [format!("action-{name}-{field}"), format!("action-{name}-{field}-hint")]
        });
        let text = action.shows.iter().filter(|part| matches!(part, Part::Text)).map(|_| format!("action-{name}-text"));
        [format!("action-{name}"), format!("done-{name}")].into_iter().chain(text).chain(fields).collect()
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
