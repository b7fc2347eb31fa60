//! What waits at an agency longer than it should, by reason, each with the way to its repair.

use actix_web::{HttpResponse, web};
use edge::Supervise;
use serde_json::{Value, json};

use super::{given_up, list};
use crate::{calendar, failure::Failure, official::Official, query::Query};

/// Shows it.
pub(super) async fn show(official: Official<Supervise>, agency: web::Path<String>) -> Result<HttpResponse, Failure> {
    let code = list::own(&official, &agency)?;
    let (home, here) = (format!("/api/v1/agencies/{code}"), format!("/work/{code}"));
    let (api, stuck, refunds) = (official.api(), format!("{home}/stuck"), format!("{home}/refunds?state=ASKED"));
    let waivers = format!("{home}/waivers?state=ASKED");
    let (agency, stuck, refunds, waivers, groups) = tokio::try_join!(
        official.published(&home),
        api.get_unless_away(&stuck),
        api.get_unless_away(&refunds),
        api.get_unless_away(&waivers),
        given_up::groups(&official, &code)
    )?;
    let away = stuck.is_none();
    let [stuck, refunds, waivers] = [stuck, refunds, waivers].map(Option::unwrap_or_default);
    let kinds = stuck["items"].as_array().into_iter().flatten().map(|kind| shown(kind, &here)).collect::<Vec<_>>();
    official.page(
        "work/stuck.html",
        json!({
            "agency": *agency,
            "list": here,
            "here": format!("{here}/stuck"),
            "kinds": kinds,
            "away": away,
            "refunds": refunds["items"],
            "more_refunds": !refunds["next"].is_null(),
            "refunds_href": format!("{here}/refunds"),
            "waivers": waivers["items"],
            "more_waivers": !waivers["next"].is_null(),
            "waivers_href": format!("{here}/waivers"),
            "groups": groups,
            "money": format!("{here}/money"),
            "today": calendar::day(&official.now().to_rfc3339(), official.language),
        }),
    )
}

/// A reason with its number, its first dossiers, and the list of all.
fn shown(kind: &Value, list: &str) -> Value {
    let all = Query::default().with("work", kind["work"].as_str());
    json!({
        "work": kind["work"], "number": list::number(&kind["dossiers"]), "first": kind["first"],
        "all": all.after(list), "came_by": all.after(""),
    })
}
