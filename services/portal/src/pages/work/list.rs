//! An agency's work: how much of what there is, and the dossiers, the earliest due first.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use edge::{Duty, Receive, Work};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, form::Form, official::Official, pages::kinds::List, query::Query};

/// Which dossiers; without a wish, those that wait for the agency. Words are looked for among all.
#[derive(Deserialize)]
pub(super) struct WorkQuery {
    q: Option<String>,
    status: Option<String>,
    work: Option<String>,
    cursor: Option<String>,
    /// Whether those that can be received at once are ticked; any value says so.
    ticked: Option<String>,
}

impl WorkQuery {
    fn filter(&self) -> Query {
        Query::default().with("q", self.words()).with("status", self.status.as_deref()).with("work", self.part())
    }

    /// What is looked for.
    fn words(&self) -> Option<&str> {
        self.q.as_deref().map(str::trim).filter(|words| !words.is_empty())
    }

    /// The part of the work that is shown, when it is one.
    fn part(&self) -> Option<&str> {
        let usual = (self.words().is_none() && self.status.is_none()).then_some("OPEN");
        self.work.as_deref().or(usual)
    }
}

/// To the list of the post's agency.
pub(super) async fn home(official: Official<Work>) -> HttpResponse {
    official.go(&format!("/work/{}", official.agency))
}

/// Shows it. Another agency's work is not there.
pub(super) async fn show(
    official: Official<Work>,
    agency: web::Path<String>,
    query: web::Query<WorkQuery>,
) -> Result<HttpResponse, Failure> {
    let code: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    if official.agency != code {
        return Err(Failure::NotFound);
    }
    let (api, home) = (official.api(), format!("/api/v1/agencies/{code}"));
    let (here, source, counts) =
        (format!("/work/{code}"), format!("{home}/dossiers"), format!("{home}/dossier-counts"));
    let filter = query.filter();
    let receives = official.caller().roles_at(&code).iter().any(|role| Receive::ROLES.contains(role));
    let list = List { page: &here, source: &source, filter: filter.clone(), cursor: query.cursor.as_deref() };
    let (agency, counts, found) = tokio::try_join!(official.published(&home), api.get(&counts), list.own(&official))?;
    official.page(
        "work/list.html",
        json!({
            "agency": *agency,
            "here": here,
            "words": query.words(),
            "receives": receives,
            "administers": official.caller().roles_at(&code).contains(&OfficialRole::AgencyAdministrator),
            "ticked": query.ticked.is_some(),
            "tick_all": filter.clone().with("cursor", query.cursor.as_deref()).with("ticked", Some("all")).after(&here),
            "came_by": filter.with("cursor", query.cursor.as_deref()).after(""),
            "key": official.new_key(),
            "form": Form::default(),
            "parts": parts(&counts, &query, &here),
            "statuses": statuses(&counts, &query, &here),
            "first_page": query.cursor.is_none(),
            "dossiers": found.items,
            "next": found.next,
        }),
    )
}

/// What presses, as links with numbers.
fn parts(counts: &Value, query: &WorkQuery, here: &str) -> Vec<Value> {
    let bounded = |name: &str| {
        let more = if counts[name]["more"] == true { "+" } else { "" };
        format!("{}{more}", counts[name]["dossiers"])
    };
    let numbers =
        [("OPEN", counts["open"].to_string()), ("OVERDUE", bounded("overdue")), ("DUE_SOON", bounded("due_soon"))];
    let link = |(part, number): (&str, String)| {
        let href = Query::default().with("work", Some(part)).after(here);
        let current = query.status.is_none() && query.part() == Some(part);
        json!({"name": part, "number": number, "href": href, "current": current})
    };
    numbers.into_iter().map(link).collect()
}

/// The statuses in which there are dossiers, and the one that is shown.
fn statuses(counts: &Value, query: &WorkQuery, here: &str) -> Vec<Value> {
    let all = counts["by_status"].as_array().into_iter().flatten().filter_map(|count| {
        let status = count["status"]["status"].as_str()?;
        let current = query.status.as_deref() == Some(status);
        let href = Query::default().with("status", Some(status)).after(here);
        let shown = current || count["dossiers"] != 0;
        shown.then(|| json!({"name": status, "number": count["dossiers"], "href": href, "current": current}))
    });
    all.collect()
}
