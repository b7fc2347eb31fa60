//! Money of an agency waits for its officials: those who can do something about it are told, with the way there.

use std::collections::HashMap;

use anyhow::Result;
use civic::{
    OfficialRole, Party,
    events::{MoneyNotice, MoneyNoticed},
};
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
    store::{contacts::Contact, official_posts},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<MoneyNoticed>>) -> Result<()> {
    let agencies: Vec<_> = events.iter().map(|event| event.data.agency.as_str()).collect();
    let mut holders = HashMap::new();
    for role in [OfficialRole::Cashier, OfficialRole::Approver, OfficialRole::AgencyAdministrator] {
        holders.insert(role.as_str(), official_posts::holders(conn, &agencies, role).await?);
    }
    let parties = events.iter().map(|event| {
        let official = event.data.official_id.unwrap_or_default();
        (&event.data.agency, Party::person(official))
    });
    let mut messages = MessageBatch::about(app, conn, parties).await?;
    for event in &events {
        let receivers = receivers(&event.data, &holders);
        write(&mut messages, event, &receivers)?;
    }
    messages.enqueue(conn).await
}

/// Whoever can do something about it, each once. Who asked for a refund or a waiver does not approve it; whose shift is open is told too.
fn receivers<'a>(money: &MoneyNoticed, holders: &'a HashMap<&str, HashMap<String, Vec<Contact>>>) -> Vec<&'a Contact> {
    let roles: &[OfficialRole] = match money.notice {
        MoneyNotice::RefundAsked | MoneyNotice::WaiverAsked => {
            &[OfficialRole::Approver, OfficialRole::AgencyAdministrator]
        }
        MoneyNotice::OwedBack => &[OfficialRole::Cashier],
        MoneyNotice::ShiftOpen => &[OfficialRole::AgencyAdministrator, OfficialRole::Cashier],
    };
    let at = |role: &OfficialRole| holders.get(role.as_str())?.get(money.agency.as_str());
    let mut all: Vec<&Contact> = roles.iter().filter_map(at).flatten().collect();
    all.sort_by_key(|contact| contact.id);
    all.dedup_by_key(|contact| contact.id);
    match money.notice {
        MoneyNotice::RefundAsked | MoneyNotice::WaiverAsked => {
            all.retain(|contact| Some(contact.id) != money.official_id)
        }
        MoneyNotice::OwedBack | MoneyNotice::ShiftOpen => {}
    }
    all
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<MoneyNoticed>, receivers: &[&Contact]) -> Result<()> {
    let money = &event.data;
    let agency = messages.agency(&money.agency)?;
    let page = match money.notice {
        MoneyNotice::RefundAsked => format!("/work/{}/refunds/{}", money.agency, money.subject_id),
        MoneyNotice::WaiverAsked => format!("/work/{}/waivers/{}", money.agency, money.subject_id),
        MoneyNotice::OwedBack => format!("/work/{}/money", money.agency),
        MoneyNotice::ShiftOpen => format!("/work/{}/shifts/{}", money.agency, money.subject_id),
    };
    let facts = |language| {
        context! {
            code => money.code.as_ref().map(ToString::to_string),
            agency => agency.get(language),
            notice => money.notice.as_str(),
            amount => money.amount.to_string(),
            page => page.as_str(),
            happened_at => in_vietnam(money.happened_at),
        }
    };
    let cause = Cause::new(event, money.code.as_ref()).leading_to(&page);
    messages.write_to_all(&cause, receivers, Template::MoneyNotice, &facts)
}
