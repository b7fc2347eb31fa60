//! What stopped behind an agency's work: payment callbacks for review, messages refused, events and jobs given up; each with its repair.

use actix_web::{HttpResponse, web};
use civic::AgencyCode;
use edge::{Duty, Supervise, Unstick};
use serde_json::{Value, json};
use uuid::Uuid;

use super::money::ANSWERED;
use crate::{failure::Failure, form::Form, official::Official, posted::Posted, query::Query};

const ONE: &str = "work/given_up.html";

/// A group of what stopped: its name in addresses and words, the operation that lists it, whether one of it is tried again.
struct Group {
    name: &'static str,
    list: &'static str,
    retried: bool,
}

const GROUPS: [Group; 4] = [
    Group { name: "callbacks", list: "payment-callbacks", retried: false },
    Group { name: "notifications", list: "given-up/notifications", retried: true },
    Group { name: "payments", list: "given-up/payments", retried: true },
    Group { name: "submissions", list: "given-up/submissions", retried: true },
];

/// Words for what stopped, by the kind of job or event. What is not named here is said by its group.
const WORDS: [(&str, &str); 10] = [
    ("send_message", "message"),
    ("ask_provider", "ask-provider"),
    ("send_refund", "send-refund"),
    ("issue_receipt", "issue-receipt"),
    ("lapse_supplement", "lapse"),
    ("lapse_draft", "lapse"),
    ("remind_consultation", "remind"),
    ("recount_due_dates", "recount"),
    ("vn.motcua.payment.settled.v1", "payment"),
    ("vn.motcua.order.moved.v1", "payment"),
];

/// Every group of an agency, with its rows.
pub(super) async fn groups(official: &Official<Supervise>, code: &AgencyCode) -> Result<Vec<Value>, Failure> {
    let [callbacks, messages, payments, dossiers] = GROUPS.each_ref().map(|group| group.address(code));
    let api = official.api();
    let (callbacks, messages, payments, dossiers) = tokio::try_join!(
        api.get_unless_away(&callbacks),
        api.get_unless_away(&messages),
        api.get_unless_away(&payments),
        api.get_unless_away(&dossiers)
    )?;
    let found = [callbacks, messages, payments, dossiers];
    let repairs = Unstick::ROLES.iter().any(|role| official.caller().roles_at(code).contains(role));
    let shown = |(group, found): (&Group, Option<Value>)| {
        let (away, found) = (found.is_none(), found.unwrap_or_default());
        let items = found["items"].as_array().into_iter().flatten();
        let rows: Vec<_> = items.map(|item| group.row(official, code, item)).collect();
        let retried = group.retried && repairs;
        json!({"name": group.name, "away": away, "rows": rows, "more": found["more"], "retried": retried, "repairs": repairs})
    };
    Ok(GROUPS.iter().zip(found).map(shown).collect())
}

/// Shows one, with what can be done about it.
pub(super) async fn show(
    official: Official<Unstick>,
    path: web::Path<(String, String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let one = One::of(&official, path.into_inner())?;
    official.page(ONE, one.content(&official, &Form::default()).await?)
}

/// Repairs it.
pub(super) async fn send(
    official: Official<Unstick>,
    path: web::Path<(String, String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let one = One::of(&official, path.into_inner())?;
    let retry = one.group.retried && posted.get("then") == "retry";
    let mut form = Form::of(&posted);
    if !retry && posted.get("reason").is_empty() {
        form.fault("reason", &official.say("field-required"));
        return official.page_again(ONE, one.content(&official, &form).await?);
    }
    match official.api().post(&one.repair(), Some(posted.get("key")), &one.body(retry, posted.get("reason"))).await {
        Ok(_) => Ok(official.go(&one.before())),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&ANSWERED)?);
            official.page_again(ONE, one.content(&official, &form).await?)
        }
    }
}

impl Group {
    fn address(&self, code: &AgencyCode) -> String {
        format!("/api/v1/agencies/{code}/{}", self.list)
    }

    /// One as a row shows it: what it is, of which dossier, since when, and where it is repaired.
    fn row<D>(&self, official: &Official<D>, code: &AgencyCode, item: &Value) -> Value {
        let dossier = item["dossier"].as_str();
        let since = [&item["since"], &item["received_at"]].into_iter().find(|at| at.is_string());
        json!({
            "word": self.word(item), "dossier": dossier,
            "found_by": dossier.map(|dossier| Query::default().with("q", Some(dossier)).after(&format!("/work/{code}"))),
            "since": since, "again_at": item["again_at"], "why": item["why"], "amount": item["amount"],
            "here": format!("/work/{code}/stuck/{}/{}", self.name, item["id"].as_str().unwrap_or_default()),
            "key": official.new_key(),
        })
    }

    /// By which word it is called.
    fn word(&self, item: &Value) -> String {
        if let Some(verdict) = item["verdict"].as_str() {
            return format!("callback-{verdict}");
        }
        let known = WORDS.iter().find(|(name, _)| item["name"] == *name).map(|(_, word)| *word);
        known.map_or_else(|| format!("event-{}", self.name), str::to_owned)
    }
}

/// One that stopped, in the agency of the post.
struct One {
    group: &'static Group,
    code: AgencyCode,
    id: Uuid,
}

impl One {
    fn of(official: &Official<Unstick>, (agency, name, id): (String, String, Uuid)) -> Result<Self, Failure> {
        let code = super::money::own(official, &agency)?;
        let group = GROUPS.iter().find(|group| group.name == name).ok_or(Failure::NotFound)?;
        Ok(Self { group, code, id })
    }

    /// The page that lists it.
    fn before(&self) -> String {
        format!("/work/{}/stuck", self.code)
    }

    fn repair(&self) -> String {
        let operation = if self.group.retried { "repair" } else { "review" };
        format!("{}/{}/{operation}", self.group.address(&self.code), self.id)
    }

    fn body(&self, retry: bool, reason: &str) -> Value {
        match (self.group.retried, retry) {
            (false, _) => json!({"reason": reason}),
            (true, true) => json!({"repair": "RETRY"}),
            (true, false) => json!({"repair": "TAKE_AS_HANDLED", "reason": reason}),
        }
    }

    /// The page; back to the list when it waits there no more.
    async fn content(&self, official: &Official<Unstick>, form: &Form) -> Result<Value, Failure> {
        let list = official.api().get(&self.group.address(&self.code)).await?;
        let id = self.id.to_string();
        let item = list["items"].as_array().into_iter().flatten().find(|item| item["id"] == id.as_str());
        let item = item.ok_or_else(|| Failure::Elsewhere(self.before()))?;
        Ok(json!({
            "row": self.group.row(official, &self.code, item), "retried": self.group.retried, "before": self.before(),
            "key": official.new_key(), "form": form,
        }))
    }
}
