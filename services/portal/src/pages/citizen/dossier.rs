//! One of a citizen's dossiers: a draft's tasks, or where a filed one stands.

use actix_web::{HttpResponse, web};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::ACTIONS;
use crate::{
    failure::Failure,
    pages::kinds::{DossierRecord, Step},
    signed_in::Citizen,
};

/// What to show of it.
#[derive(Deserialize)]
pub(super) struct DossierQuery {
    /// The action that was just done, as its page says.
    done: Option<String>,
}

/// Shows it.
pub(super) async fn show(
    citizen: Citizen,
    id: web::Path<String>,
    query: web::Query<DossierQuery>,
) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&citizen, &id).await?;
    match record.is_draft() {
        true => citizen.page("citizen/draft.html", draft(&record)),
        false => {
            let (forms, money) = tokio::join!(record.forms(&citizen), money_back(&citizen, &record));
            citizen.page("citizen/dossier.html", filed(&record, forms, &money, query.done.as_deref()))
        }
    }
}

fn draft(record: &DossierRecord) -> Value {
    let answers = record.answers();
    let pages: Vec<_> = record
        .form
        .pages()
        .iter()
        .enumerate()
        .map(|(index, page)| {
            let begun = page.fields.iter().any(|field| answers.contains_key(&field.name));
            let state = match (page.missing(&answers).is_empty(), begun) {
                // Where nothing must be answered, a look is enough to be done.
                (true, _) => "done",
                (false, true) => "begun",
                (false, false) => "open",
            };
            json!({"href": Step::Form(index + 1).address(record), "title": page.title, "state": state})
        })
        .collect();
    let sent = record.dossier["documents"].as_array().is_some_and(|sent| !sent.is_empty());
    let papers = match (record.missing_papers().is_empty(), sent) {
        (true, true) => "done",
        (true, false) => "optional",
        (false, _) => "open",
    };
    let ready = papers != "open" && pages.iter().all(|page| page["state"] == "done");
    json!({
        "dossier": record.shown(), "pages": pages, "papers": papers, "ready": ready,
        "has_papers": record.asks_papers(),
    })
}

/// What of the fee comes back and came back. An order that is not open yet has nothing of it.
async fn money_back(citizen: &Citizen, record: &DossierRecord) -> Value {
    let charges = record.dossier["charges"].as_array().into_iter().flatten();
    let orders = charges.filter_map(|charge| charge["order_id"].as_str());
    let paths: Vec<_> = orders.map(|order| format!("/api/v1/payment-orders/{order}")).collect();
    let api = citizen.api();
    let orders = join_all(paths.iter().map(|path| api.get(path))).await;
    // The fee is no reason not to show the dossier.
    let orders: Vec<_> = orders.into_iter().flatten().collect();
    let owed: i64 = orders.iter().filter_map(|order| order["owed_back"]["amount"].as_i64()).sum();
    let refunds: Vec<_> = orders.iter().filter_map(|order| order["refunds"].as_array()).flatten().collect();
    json!({"owed_back": (owed > 0).then(|| json!({"amount": owed, "currency": "VND"})), "refunds": refunds})
}

fn filed(record: &DossierRecord, forms: Value, money: &Value, done: Option<&str>) -> Value {
    json!({
        "dossier": record.shown(),
        "sections": record.sections(),
        "documents": record.documents(),
        "money": money,
        "forms": forms,
        "may_pay": record.allows("PAY"),
        "may_answer_draft": record.allows("ANSWER_DRAFT"),
        "may_choose_return": record.allows("CHOOSE_RETURN"),
        "may_withdraw": record.allows("WITHDRAW"),
        "done": done.filter(|done| ACTIONS.iter().any(|action| action.name == *done)),
    })
}
