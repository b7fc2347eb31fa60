//! An agency's work: how much of what there is, and the dossiers, the earliest due first. What is shown stands in the address.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use edge::{Administer, Duty, Supervise, Work};
use serde::Deserialize;
use serde_json::{Value, json};

use super::bulk;
use crate::{
    calendar,
    failure::Failure,
    form::Form,
    official::Official,
    pages::kinds::{List, Listed},
    query::Query,
};

/// The parts of the work, in the order in which they are shown, with the number's name in the API.
const PARTS: [(&str, &str); 6] = [
    ("OPEN", "open"),
    ("DUE_TODAY", "due_today"),
    ("DUE_SOON", "due_soon"),
    ("OVERDUE", "overdue"),
    ("SUPPLEMENTED", "supplemented"),
    ("WAITING", "waiting"),
];

/// Which dossiers; without a wish, those that the official's role begins with. Words are looked for among all.
#[derive(Deserialize)]
pub(super) struct WorkQuery {
    q: Option<String>,
    status: Option<String>,
    work: Option<String>,
    procedure: Option<String>,
    from: Option<String>,
    until: Option<String>,
    cursor: Option<String>,
    /// Whether those of the page are ticked; any value says so.
    ticked: Option<String>,
}

/// What is shown, as the address says it.
struct Shown {
    /// What narrows the whole, whichever part of it is looked at.
    narrowed: Query,
    work: Option<String>,
    status: Option<String>,
}

impl WorkQuery {
    fn shown(&self, roles: &[OfficialRole]) -> Shown {
        let text = |it: &Option<String>| it.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let narrowed = [("q", &self.q), ("procedure", &self.procedure), ("from", &self.from), ("until", &self.until)]
            .into_iter()
            .fold(Query::default(), |query, (name, value)| query.with(name, text(value).as_deref()));
        let shown = Shown { narrowed, work: text(&self.work), status: text(&self.status) };
        if shown.work.is_some() || shown.status.is_some() || shown.narrowed.has_any() {
            return shown;
        }
        match landing(roles) {
            ("status", status) => Shown { status: Some(status.to_owned()), ..shown },
            (_, part) => Shown { work: Some(part.to_owned()), ..shown },
        }
    }
}

impl Shown {
    fn filter(&self) -> Query {
        self.narrowed.clone().with("work", self.work.as_deref()).with("status", self.status.as_deref())
    }

    /// What presses, as links with numbers; each keeps what narrows.
    fn parts(&self, counts: &Value, here: &str) -> Vec<Value> {
        let link = |(part, count): &(&str, &str)| {
            let href = self.narrowed.clone().with("work", Some(part)).after(here);
            let current = self.status.is_none() && self.work.as_deref() == Some(part);
            json!({"name": part, "number": number(&counts[count]), "href": href, "current": current})
        };
        PARTS.iter().map(link).collect()
    }
}

/// A number, or "so many and more".
pub(super) fn number(count: &Value) -> String {
    match count["dossiers"].as_i64() {
        Some(counted) if count["more"] == true => format!("{counted}+"),
        Some(counted) => counted.to_string(),
        None => count.to_string(),
    }
}

/// What somebody with these roles begins with: who only receives, with what is to be received.
fn landing(roles: &[OfficialRole]) -> (&'static str, &'static str) {
    let has = |role| roles.contains(&role);
    match has(OfficialRole::Receiver) && !has(OfficialRole::Processor) && !has(OfficialRole::Approver) {
        true => ("status", "REGISTERED"),
        false => ("work", "OPEN"),
    }
}

/// To where the work of the post begins: who does none herself begins with what is stuck.
pub(super) async fn home(official: Official<Work>) -> HttpResponse {
    let roles = official.caller().roles_at(&official.agency);
    let works = [OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver];
    let below = if roles.iter().any(|role| works.contains(role)) { "" } else { "/stuck" };
    official.go(&format!("/work/{}{below}", official.agency))
}

/// Shows it. Another agency's work is not there.
pub(super) async fn show(
    official: Official<Work>,
    agency: web::Path<String>,
    query: web::Query<WorkQuery>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let (api, home) = (official.api(), format!("/api/v1/agencies/{code}"));
    let (here, source) = (format!("/work/{code}"), format!("{home}/dossiers"));
    let roles = official.caller().roles_at(&code);
    let (shown, cursor) = (query.shown(roles), query.cursor.as_deref());
    let filter = shown.filter();
    let list = List { page: &here, source: &source, filter: filter.clone(), cursor };
    let counts = format!("{home}/dossier-counts");
    let (agency, procedures, counts, found) = tokio::try_join!(
        official.published(&home),
        official.published("/api/v1/procedures?page_size=100"),
        api.get(&counts),
        async { Ok(list.own(&official).await) },
    )?;
    let (found, refused) = match found.map_err(|failure| failure.refused_with(&[400])) {
        Ok(found) => (found, None),
        // The list has changed its order since, or the address is of somebody else's list: it begins anew.
        Err(Ok(_)) if cursor.is_some() => return Ok(official.go(&filter.after(&here))),
        Err(Ok(problem)) => (Listed { items: json!([]), next: None }, Some(problem)),
        Err(Err(failure)) => return Err(failure),
    };
    let came_by = filter.clone().with("cursor", cursor);
    let refused = refused.map(|problem| problem.errors.first().map_or(problem.title.clone(), |it| it.detail.clone()));
    official.page(
        "work/list.html",
        json!({
            "agency": *agency,
            "here": here,
            "words": shown.narrowed.get("q"),
            "filter": {
                "status": shown.status, "procedure": shown.narrowed.get("procedure"),
                "from": shown.narrowed.get("from"), "until": shown.narrowed.get("until"),
                "used": shown.narrowed.clone().without("q").has_any(),
            },
            "procedures": procedures["items"],
            "statuses": statuses(&counts),
            "parts": shown.parts(&counts, &here),
            "bulk": bulk::offered(roles),
            "supervises": roles.iter().any(|role| Supervise::ROLES.contains(role)),
            "administers": roles.iter().any(|role| Administer::ROLES.contains(role)),
            "ticked": query.ticked.is_some(),
            "tick_all": came_by.clone().with("ticked", Some("all")).after(&here),
            "spreadsheet": filter.after(&format!("{here}/dossiers.xlsx")),
            "came_by": came_by.after(""),
            "today": calendar::day(&official.now().to_rfc3339(), official.language),
            "key": official.new_key(),
            "form": Form::default(),
            "first_page": cursor.is_none(),
            "refused": refused,
            "dossiers": found.items,
            "next": found.next,
        }),
    )
}

/// The same as a spreadsheet.
pub(super) async fn spreadsheet(
    official: Official<Work>,
    agency: web::Path<String>,
    query: web::Query<WorkQuery>,
) -> Result<HttpResponse, Failure> {
    official.own_device()?;
    let code = own(&official, &agency)?;
    let shown = query.shown(official.caller().roles_at(&code));
    official.api().pass_file(&shown.filter().after(&format!("/api/v1/agencies/{code}/dossiers.xlsx"))).await
}

/// The agency's code, when it is the post's.
pub(super) fn own<D>(official: &Official<D>, agency: &str) -> Result<AgencyCode, Failure> {
    let code: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    if official.agency == code { Ok(code) } else { Err(Failure::NotFound) }
}

/// The statuses, each with how many dossiers are in it.
fn statuses(counts: &Value) -> Vec<Value> {
    let all = counts["by_status"].as_array().into_iter().flatten();
    all.map(|count| json!({"name": count["status"]["status"], "number": count["dossiers"]})).collect()
}
