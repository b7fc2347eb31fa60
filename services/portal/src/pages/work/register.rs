//! The register of an agency: which days, and its parts to print.

use actix_web::{HttpResponse, web};
use chrono::Datelike;
use civic::{AgencyCode, VIETNAM};
use edge::Work;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, form::Form, official::Official, query::Query};

const TEMPLATE: &str = "work/register.html";

/// Which days; this month when none are said.
#[derive(Deserialize)]
pub(super) struct RegisterQuery {
    from: Option<String>,
    until: Option<String>,
}

/// Shows how long the register of these days is, and where each part is printed. Another agency's is not there.
pub(super) async fn show(
    official: Official<Work>,
    agency: web::Path<String>,
    query: web::Query<RegisterQuery>,
) -> Result<HttpResponse, Failure> {
    let code: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    if official.agency != code {
        return Err(Failure::NotFound);
    }
    let today = official.app.life.clock.now().with_timezone(&VIETNAM).date_naive();
    let first = today.with_day(1).unwrap_or(today);
    let from = query.from.clone().unwrap_or_else(|| first.to_string());
    let until = query.until.clone().unwrap_or_else(|| today.to_string());
    let period = Query::default().with("from", Some(&from)).with("until", Some(&until));
    let form = Form::with(vec![("from".into(), from), ("until".into(), until)]);
    let here = format!("/work/{code}/register");
    let content = |form: Form, register: &Value| {
        let parts: Vec<_> = (1..=register["parts"].as_u64().unwrap_or_default())
            .map(|part| json!({"number": part, "href": period.after(&format!("{here}/{part}"))}))
            .collect();
        let returns = register["returns"].as_array().into_iter().flatten();
        let handed_over: i64 = returns.filter_map(|way| way["dossiers"].as_i64()).sum();
        json!({"form": form, "here": here, "list": format!("/work/{code}"), "dossiers": register["dossiers"], "parts": parts,
            "doors": register["doors"], "returns": register["returns"], "handed_over": handed_over})
    };
    match official.api().get(&period.after(&format!("/api/v1/agencies/{code}/register"))).await {
        Ok(register) => official.page(TEMPLATE, content(form, &register)),
        Err(failure) => {
            let problem = failure.refused_with(&[400])?;
            official.page_again(TEMPLATE, content(form.refused(&problem), &Value::Null))
        }
    }
}
