//! An agency's work: how much of what there is, and the dossiers, the earliest due first. What is shown stands in the address.

use actix_web::{HttpResponse, http::StatusCode, web};
use civic::{AgencyCode, OfficialRole};
use edge::{Administer, Duty, Receive, Supervise, Work};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{bulk, money::SeeMoney, print};
use crate::{
    calendar,
    failure::Failure,
    form::Form,
    official::Official,
    pages::kinds::{List, Listed},
    query::Query,
};

/// Dossiers on a page: what one signs in one go.
const ROWS: u32 = 50;

/// The parts of the work, in the order in which they are shown, with the number's name in the API.
const PARTS: [(&str, &str); 9] = [
    ("OPEN", "open"),
    ("MINE", "mine"),
    ("NOBODYS", "nobodys"),
    ("TO_SIGN", "to_sign"),
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
    /// The part of the work that it asks for.
    pub fn part(&self) -> Option<&str> {
        self.work.as_deref()
    }

    fn shown(&self) -> Shown {
        let text = |it: &Option<String>| it.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let narrowed = [("q", &self.q), ("procedure", &self.procedure), ("from", &self.from), ("until", &self.until)]
            .into_iter()
            .fold(Query::default(), |query, (name, value)| query.with(name, text(value).as_deref()));
        Shown { narrowed, work: text(&self.work), status: text(&self.status) }
    }
}

/// What there is a desk for.
pub(super) struct AnyDesk;

impl Duty for AnyDesk {
    const ROLES: &'static [OfficialRole] = OfficialRole::ALL;
}

impl Shown {
    /// As it was asked for, or what somebody with these roles begins with.
    fn or_landing(self, roles: &[OfficialRole], counts: &Value) -> Self {
        if self.work.is_some() || self.status.is_some() || self.narrowed.has_any() {
            return self;
        }
        match landing(roles, counts) {
            ("status", status) => Self { status: Some(status.to_owned()), ..self },
            (_, part) => Self { work: Some(part.to_owned()), ..self },
        }
    }

    fn filter(&self) -> Query {
        self.narrowed.clone().with("work", self.work.as_deref()).with("status", self.status.as_deref())
    }

    /// As the fields of the filter hold it.
    fn describe(&self, content: &mut Value) {
        let narrowed = &self.narrowed;
        content["words"] = json!(narrowed.get("q"));
        content["filter"] = json!({
            "status": self.status, "procedure": narrowed.get("procedure"), "from": narrowed.get("from"),
            "until": narrowed.get("until"), "used": narrowed.clone().without("q").has_any(),
        });
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

/// What somebody with these roles begins with: the first that there is of what is to be received, to be signed, hers, and nobody's. Who only
/// receives stays with what is to be received.
fn landing(roles: &[OfficialRole], counts: &Value) -> (&'static str, &'static str) {
    let [receives, processes, signs] =
        [OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver].map(|role| roles.contains(&role));
    let by_status = counts["by_status"].as_array().into_iter().flatten();
    let registered = by_status.filter(|count| count["status"]["status"] == "REGISTERED" && count["dossiers"] != 0);
    let there = |count: &str| counts[count]["dossiers"].as_i64().is_some_and(|dossiers| dossiers > 0);
    let begins = [
        (receives && registered.count() > 0, ("status", "REGISTERED")),
        (signs && there("to_sign"), ("work", "TO_SIGN")),
        ((processes || signs) && there("mine"), ("work", "MINE")),
        ((processes || signs) && there("nobodys"), ("work", "NOBODYS")),
        (receives && !processes && !signs, ("status", "REGISTERED")),
    ];
    begins.into_iter().find(|(is_there, _)| *is_there).map_or(("work", "OPEN"), |(_, begin)| begin)
}

/// To where the work of the post begins: who does none herself begins with what is stuck, who only takes money with what is owed back, who
/// keeps what procedures say with those.
pub(super) async fn home(official: Official<AnyDesk>) -> HttpResponse {
    let roles = official.caller().roles_at(&official.agency);
    let has_one_of = |some: &[OfficialRole]| roles.iter().any(|role| some.contains(role));
    if *roles == [OfficialRole::ProcedureController] {
        return official.go("/work/procedures");
    }
    let below = match () {
        () if has_one_of(&[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver]) => "",
        () if has_one_of(Work::ROLES) => "/stuck",
        () => "/money",
    };
    official.go(&format!("/work/{}{below}", official.agency))
}

/// Shows it. Another agency's work is not there.
pub(super) async fn show(
    official: Official<Work>,
    agency: web::Path<String>,
    query: web::Query<WorkQuery>,
) -> Result<HttpResponse, Failure> {
    page(&official, &own(&official, &agency)?, &query, &Form::default()).await
}

/// The list, with a form as it was sent, if it was.
pub(super) async fn page(
    official: &Official<Work>,
    code: &AgencyCode,
    query: &WorkQuery,
    form: &Form,
) -> Result<HttpResponse, Failure> {
    let (api, home) = (official.api(), format!("/api/v1/agencies/{code}"));
    let (here, source) = (format!("/work/{code}"), format!("{home}/dossiers?page_size={ROWS}"));
    let roles = official.caller().roles_at(code);
    let counts = api.get(&format!("{home}/dossier-counts")).await?;
    let (shown, cursor) = (query.shown().or_landing(roles, &counts), query.cursor.as_deref());
    let filter = shown.filter();
    let list = List { page: &here, source: &source, filter: filter.clone(), cursor };
    let (agency, procedures, (found, refused), mut colleagues) = tokio::try_join!(
        official.published(&home),
        official.published("/api/v1/procedures?page_size=100"),
        rows(official, &list),
        colleagues(official, code, roles),
    )?;
    colleagues.retain(|colleague| can_get_one_of(colleague, &found.items));
    let status = match (refused.is_some(), form.has_faults()) {
        (true, _) => StatusCode::BAD_REQUEST,
        (_, true) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let came_by = filter.clone().with("cursor", cursor);
    let mut content = json!({
        "agency": *agency,
        "here": here,
        "procedures": procedures["items"],
        "colleagues": colleagues,
        "statuses": statuses(&counts),
        "parts": shown.parts(&counts, &here),
        "ticked": query.ticked.is_some(),
        "tick_all": came_by.clone().with("ticked", Some("all")).after(&here),
        "spreadsheet": filter.after(&format!("{here}/dossiers.xlsx")),
        "came_by": came_by.after(""),
        "today": calendar::day(&official.now().to_rfc3339(), official.language),
        "key": official.new_key(),
        "form": form,
        "first_page": cursor.is_none(),
        "refused": refused,
        "dossiers": found.items,
        "next": found.next,
    });
    shown.describe(&mut content);
    offer(roles, shown.work.as_deref(), &mut content);
    official.page_with(status, "work/list.html", content)
}

/// The rows of a page of the list, or why there are none. A cursor that is none any more leads to the first page.
async fn rows(official: &Official<Work>, list: &List<'_>) -> Result<(Listed, Option<String>), Failure> {
    match list.own(official).await.map_err(|failure| failure.refused_with(&[400])) {
        Ok(found) => Ok((found, None)),
        Err(Ok(_)) if list.cursor.is_some() => Err(Failure::Elsewhere(list.filter.after(list.page))),
        Err(Ok(problem)) => Ok((Listed { items: json!([]), next: None }, Some(problem.sentence().to_owned()))),
        Err(Err(failure)) => Err(failure),
    }
}

/// Who works on dossiers at the agency, for who may give them to others.
async fn colleagues(
    official: &Official<Work>,
    code: &AgencyCode,
    roles: &[OfficialRole],
) -> Result<Vec<Value>, Failure> {
    if !bulk::offered(roles, None).contains(&bulk::ASSIGN) {
        return Ok(Vec::new());
    }
    let mut all = official.api().get(&format!("/api/v1/agencies/{code}/officials")).await?;
    Ok(all["items"].take().as_array().cloned().unwrap_or_default())
}

/// Whether an official holds the role of the stage of one of these dossiers: nobody else can be given one.
fn can_get_one_of(colleague: &Value, dossiers: &Value) -> bool {
    let held = colleague["roles"].as_array();
    let mut wanted = dossiers.as_array().into_iter().flatten().map(|dossier| &dossier["stage_role"]);
    wanted.any(|role| held.is_some_and(|held| held.contains(role)))
}

/// What is offered to who has these roles, in a part of the work.
fn offer(roles: &[OfficialRole], part: Option<&str>, content: &mut Value) {
    let has = |duty: &[OfficialRole]| roles.iter().any(|role| duty.contains(role));
    content["bulk"] =
        json!(bulk::offered(roles, part).into_iter().filter(|name| *name != bulk::ASSIGN).collect::<Vec<_>>());
    content["printed"] = json!(print::FORMS);
    content["receives"] = json!(has(Receive::ROLES));
    content["supervises"] = json!(has(Supervise::ROLES));
    content["administers"] = json!(has(Administer::ROLES));
    content["sees_money"] = json!(has(SeeMoney::ROLES));
}

/// The same as a spreadsheet.
pub(super) async fn spreadsheet(
    official: Official<Work>,
    agency: web::Path<String>,
    query: web::Query<WorkQuery>,
) -> Result<HttpResponse, Failure> {
    official.own_device()?;
    let code = own(&official, &agency)?;
    official.api().pass_file(&query.shown().filter().after(&format!("/api/v1/agencies/{code}/dossiers.xlsx"))).await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_begins_with_what_it_has_to_do() {
        use OfficialRole::{Approver, Processor, Receiver};
        let counts = |registered: i64, to_sign: i64, mine: i64, nobodys: i64| {
            let bounded = |dossiers: i64| json!({"dossiers": dossiers, "more": false});
            json!({
                "by_status": [{"status": {"status": "REGISTERED"}, "dossiers": registered}],
                "to_sign": bounded(to_sign), "mine": bounded(mine), "nobodys": bounded(nobodys),
            })
        };
        for (roles, counts, begin) in [
            (&[Receiver][..], counts(0, 0, 0, 0), "REGISTERED"),
            (&[Receiver], counts(1, 0, 1, 1), "REGISTERED"),
            (&[Processor], counts(1, 1, 1, 1), "MINE"),
            (&[Processor], counts(1, 1, 0, 1), "NOBODYS"),
            (&[Processor], counts(1, 1, 0, 0), "OPEN"),
            (&[Approver], counts(1, 1, 1, 1), "TO_SIGN"),
            (&[Approver], counts(1, 0, 1, 1), "MINE"),
            (&[Receiver, Processor, Approver], counts(1, 1, 1, 1), "REGISTERED"),
            (&[Receiver, Processor, Approver], counts(0, 0, 0, 0), "OPEN"),
        ] {
            assert_eq!(landing(roles, &counts).1, begin, "{roles:?} {counts}");
        }
    }
}
