//! What is done with several dossiers of the list at once: a line for each action.

use actix_web::{HttpRequest, HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use edge::Work;
use serde_json::json;

use super::{
    list::{self, WorkQuery},
    print,
};
use crate::{failure::Failure, form::Form, official::Official, pages::kinds::Bulk, posted::Posted, query::Query};

/// The actions, with the roles to which they are offered; who may, the API says.
const ACTIONS: [(Bulk, &[OfficialRole]); 3] = [
    (Bulk { name: "RECEIVE", path: "receipt", body: |_| json!({}) }, &[OfficialRole::Receiver]),
    (
        Bulk { name: "TAKE", path: "taking", body: |_| json!({}) },
        &[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver],
    ),
    (
        Bulk { name: ASSIGN, path: "assignment", body: |posted| json!({"official": posted.get(OFFICIAL)}) },
        &[OfficialRole::Approver, OfficialRole::AgencyAdministrator],
    ),
];
/// Giving dossiers to somebody.
pub(super) const ASSIGN: &str = "ASSIGN";
/// The field that says to whom.
const OFFICIAL: &str = "official";

/// The names of those that are offered to who has these roles.
pub(super) fn offered(roles: &[OfficialRole]) -> Vec<&'static str> {
    let all = ACTIONS.iter().filter(|(_, allowed)| roles.iter().any(|role| allowed.contains(role)));
    all.map(|(action, _)| action.name).collect()
}

/// Does what the pressed button says with those that are ticked.
pub(super) async fn send(
    official: Official<Work>,
    agency: web::Path<String>,
    request: HttpRequest,
    query: web::Query<WorkQuery>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let agency: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    let list = Query::read(request.query_string()).without("ticked").after(&format!("/work/{agency}"));
    if posted.get("then") == print::NAME {
        return print::send(&official, &agency, &list, &posted).await;
    }
    // Whoever sends it without a button means the first.
    let roles = official.caller().roles_at(&agency);
    let wanted = Some(posted.get("then")).filter(|then| !then.is_empty()).or(offered(roles).first().copied());
    if wanted == Some(ASSIGN) && posted.get(OFFICIAL).is_empty() && !Bulk::ticked(&posted).is_empty() {
        let mut form = Form::of(&posted);
        form.fault(OFFICIAL, &official.say("bulk-ASSIGN-whom"));
        return list::page(&official, &agency, &query, &form).await;
    }
    match ACTIONS.iter().find(|(action, _)| Some(action.name) == wanted) {
        Some((action, _)) => action.send(&official, &list, &posted).await,
        None => Ok(official.go(&list)),
    }
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
            for name in ACTIONS.iter().map(|(action, _)| action.name) {
                let words = ["", "-title", "-done", "-refused"].map(|end| format!("bulk-{name}{end}"));
                for words in words.into_iter().chain([format!("done-{name}")]) {
                    let said = known.say(&words, [("count", 2.into())]);
                    assert!(said.is_ok(), "{said:?} in {language}");
                }
            }
        }
    }
}
