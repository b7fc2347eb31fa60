//! What an agency took and gave back in some days: figures, the transfers behind them, and what payers owed, paid and get back.

use actix_web::{HttpResponse, web};
use chrono::Days;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{books::today, list::own, money::SeeMoney};
use crate::{failure::Failure, form::Form, official::Official, query::Query};

const FIGURES: &str = "work/figures.html";
const TRANSFERS: &str = "work/transfers.html";

/// Which days; yesterday when none are said.
#[derive(Deserialize)]
pub(super) struct DaysQuery {
    from: Option<String>,
    until: Option<String>,
    channel: Option<String>,
    purpose: Option<String>,
    cursor: Option<String>,
}

/// Shows what was booked in some days, and what payers owed, paid and get back.
pub(super) async fn show(
    official: Official<SeeMoney>,
    agency: web::Path<String>,
    query: web::Query<DaysQuery>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let (days, form) = query.days(&official);
    let home = format!("/api/v1/agencies/{code}");
    let payers = days.clone().with("page_size", Some("50")).with("cursor", query.cursor.as_deref());
    let api = official.api();
    let (figures, payers) = (days.after(&format!("{home}/figures")), payers.after(&format!("{home}/payers")));
    let found = tokio::try_join!(api.get(&figures), api.get(&payers));
    let here = format!("/work/{code}/figures");
    let content = |form: Form, figures: &Value, payers: &Value| {
        let next = payers["next"].as_str().map(|next| days.clone().with("cursor", Some(next)).after(&here));
        json!({
            "form": form, "here": here, "before": format!("/work/{code}/books"), "total": figures["total"],
            "days": figures["days"], "kinds": figures["kinds"], "waived": figures["waived"], "payers": payers["items"], "next": next,
            "transfers_href": days.after(&format!("/work/{code}/transfers")),
            "spreadsheet": days.after(&format!("/work/{code}/transfers.xlsx")),
        })
    };
    match found {
        Ok((figures, payers)) => official.page(FIGURES, content(form, &figures, &payers)),
        Err(failure) => {
            let problem = failure.refused_with(&[400])?;
            official.page_again(FIGURES, content(form.refused(&problem), &Value::Null, &Value::Null))
        }
    }
}

/// Lists the transfers behind a figure.
pub(super) async fn transfers(
    official: Official<SeeMoney>,
    agency: web::Path<String>,
    query: web::Query<DaysQuery>,
) -> Result<HttpResponse, Failure> {
    let code = own(&official, &agency)?;
    let (days, _) = query.days(&official);
    let figure = days.clone().with("channel", query.channel.as_deref()).with("purpose", query.purpose.as_deref());
    let page = figure.clone().with("page_size", Some("50")).with("cursor", query.cursor.as_deref());
    let found = official.api().get(&page.after(&format!("/api/v1/agencies/{code}/transfers"))).await?;
    let next =
        found["next"].as_str().map(|next| figure.with("cursor", Some(next)).after(&format!("/work/{code}/transfers")));
    official.page(
        TRANSFERS,
        json!({"before": days.after(&format!("/work/{code}/figures")), "transfers": found["items"], "next": next}),
    )
}

/// Hands on the spreadsheet of some days.
pub(super) async fn spreadsheet(
    official: Official<SeeMoney>,
    agency: web::Path<String>,
    query: web::Query<DaysQuery>,
) -> Result<HttpResponse, Failure> {
    official.own_device()?;
    let code = own(&official, &agency)?;
    let (days, _) = query.days(&official);
    official.api().pass_file(&days.after(&format!("/api/v1/agencies/{code}/transfers.xlsx"))).await
}

impl DaysQuery {
    /// The days as a query, and as the form that asks for them.
    fn days<D>(&self, official: &Official<D>) -> (Query, Form) {
        let yesterday = today(official).checked_sub_days(Days::new(1)).unwrap_or_default().to_string();
        let said =
            |day: &Option<String>| day.clone().filter(|day| !day.is_empty()).unwrap_or_else(|| yesterday.clone());
        let (from, until) = (said(&self.from), said(&self.until));
        let query = Query::default().with("from", Some(&from)).with("until", Some(&until));
        (query, Form::with(vec![("from".into(), from), ("until".into(), until)]))
    }
}
