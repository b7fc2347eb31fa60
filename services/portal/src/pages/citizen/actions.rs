//! What an applicant does with a filed dossier: a line for each action.

use actix_web::{HttpRequest, HttpResponse, web};

use super::return_way;
use crate::{
    failure::Failure,
    pages::kinds::{ActionForm, Part, Side},
    signed_in::Citizen,
};

/// Taking it back.
pub(super) const WITHDRAW: ActionForm = action("WITHDRAW", "withdrawal");
/// Sending in what was asked for; its page is `supplement.rs`.
pub(super) const ANSWER_SUPPLEMENT: ActionForm = action("ANSWER_SUPPLEMENT", "supplement");
/// Confirming a draft of the result, or asking for its correction.
pub(super) const ANSWER_DRAFT: ActionForm =
    ActionForm { shows: &[Part::Subject, Part::Draft, Part::Text], ..action("ANSWER_DRAFT", "draft-answer") };
/// Choosing how the result is given back.
pub(super) const CHOOSE_RETURN: ActionForm =
    ActionForm { begins: return_way::begun, replaces: true, ..action("CHOOSE_RETURN", "return-way") };
/// All of them.
pub(super) const ACTIONS: [ActionForm; 4] = [ANSWER_SUPPLEMENT, ANSWER_DRAFT, CHOOSE_RETURN, WITHDRAW];

const fn action(name: &'static str, path: &'static str) -> ActionForm {
    ActionForm::new(Side::Own, name, path, &[Part::Subject, Part::Text])
}

/// Asks whether to take it back.
pub(super) async fn ask_withdrawal(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    WITHDRAW.show(&citizen, &id).await
}

/// Takes it back.
pub(super) async fn withdraw(
    citizen: Citizen,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Failure> {
    WITHDRAW.send(&citizen, &id, &request, body.into_inner()).await
}

/// Asks what is to be said of the draft.
pub(super) async fn ask_draft_answer(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    ANSWER_DRAFT.show(&citizen, &id).await
}

/// Says it.
pub(super) async fn answer_draft(
    citizen: Citizen,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Failure> {
    ANSWER_DRAFT.send(&citizen, &id, &request, body.into_inner()).await
}

/// Asks how the result is wanted.
pub(super) async fn ask_return_way(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    CHOOSE_RETURN.show(&citizen, &id).await
}

/// Notes it.
pub(super) async fn choose_return_way(
    citizen: Citizen,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Failure> {
    CHOOSE_RETURN.send(&citizen, &id, &request, body.into_inner()).await
}

/// Sends in what was asked for.
pub(super) async fn answer_supplement(
    citizen: Citizen,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Failure> {
    ANSWER_SUPPLEMENT.send(&citizen, &id, &request, body.into_inner()).await
}

#[cfg(test)]
mod tests {
    use civic::Language;

    use super::*;
    use crate::words::Words;

    #[test]
    fn every_action_has_its_words_in_both_languages() {
        for language in [Language::Vi, Language::En] {
            let known = Words::load(language).expect("messages");
            for name in ACTIONS.iter().map(|action| action.name) {
                for words in [format!("action-{name}"), format!("action-{name}-text"), format!("done-{name}")] {
                    let said = known.say(&words, [("name", "An".into())]);
                    assert!(said.is_ok(), "{said:?} in {language}");
                }
            }
        }
    }
}
