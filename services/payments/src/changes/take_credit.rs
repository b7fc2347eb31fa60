//! Money that came to the agency's account takes effect: it pays the order of the dossier that it names, or waits.

use civic::{AgencyCode, Vnd};
use diesel_async::AsyncPgConnection;

use super::{ask_later::ask_later, settle, start_attempt};
use crate::{
    app::App,
    domain::{
        credit::{Credit, CreditSource, CreditState, bare, codes_in, meant, over},
        provider::{Channel, ProviderName},
        report::{Outcome, Payment, Report, Verdict},
    },
    store::{
        attempts::{self, Attempt},
        bank_credits::{self, BankCredit},
        callbacks::{self, Callback},
        orders::{self, Order},
    },
};

const BANK: ProviderName = ProviderName::Vietqr;

/// What the bank signed or its statement says, as it came, and whether it is of the account into which is paid.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub source: CreditSource,
    pub credit: &'a Credit,
    pub raw: &'a str,
    pub ours: bool,
    /// Whose cashiers see what names no dossier.
    pub keeper: &'a AgencyCode,
}

/// Takes in what the bank told. The same transfer told again changes nothing, and told otherwise waits for a person.
pub async fn hear(conn: &mut AsyncPgConnection, app: &App, told: Told<'_>) -> Result<Verdict, pg::Error> {
    let credit = row(app, told);
    if bank_credits::insert(conn, &credit).await? {
        bank_credits::wait_for_orders(conn, &credit.codes).await?;
        return place(conn, app, credit, None).await;
    }
    let known = bank_credits::lock_number(conn, &credit.bank, &credit.transaction_id).await?;
    let known = known.ok_or(pg::Error::NotFound)?;
    let verdict = if known.amount == credit.amount { Verdict::Already } else { Verdict::Review };
    if verdict.is_for_a_person() {
        tracing::error!(credit = %known.id, "a bank tells of one transfer in two ways");
    }
    let channel = channel_of(told.source);
    let callback = Callback { provider: BANK, channel, raw: told.raw, signed: &told.credit.signed };
    callbacks::keep(conn, app.life.new_id(), callback, verdict, known.attempt_id, app.now()).await?;
    Ok(verdict)
}

/// How the bank's word reached us.
const fn channel_of(source: CreditSource) -> Channel {
    match source {
        CreditSource::Notice => Channel::Notification,
        CreditSource::Statement => Channel::Statement,
        CreditSource::ByHand => Channel::Hand,
    }
}

fn row(app: &App, Told { source, credit, raw, ours, keeper }: Told<'_>) -> BankCredit {
    BankCredit {
        id: app.life.new_id(),
        source,
        bank: credit.bank.clone(),
        transaction_id: credit.transaction.clone(),
        ours,
        amount: credit.amount.filter(|amount| !amount.is_zero()),
        content: credit.content.clone(),
        codes: codes_in(&credit.content).into_iter().collect(),
        booked_at: credit.booked_at,
        raw: raw.to_owned(),
        signed: credit.signed.clone(),
        agency: keeper.clone(),
        state: CreditState::Waiting,
        state_since: app.now(),
        order_id: None,
        attempt_id: None,
        received_at: app.now(),
        proposed_order: None,
        proof: None,
        proposed_by: None,
        proposed_by_name: None,
        decided_by: None,
        decided_by_name: None,
    }
}

/// Takes in what had come before an order was opened.
pub async fn take_waiting(conn: &mut AsyncPgConnection, app: &App, order: &Order) -> Result<(), pg::Error> {
    let code = bare(order.code.as_str());
    bank_credits::wait_for_money(conn, &code).await?;
    for credit in bank_credits::lock_waiting(conn, &code).await? {
        place(conn, app, credit, None).await?;
    }
    Ok(())
}

/// Finds the order that a transfer, which is held, is for, and pays it. `chosen` is one that officials chose.
pub async fn place(
    conn: &mut AsyncPgConnection,
    app: &App,
    mut credit: BankCredit,
    chosen: Option<Order>,
) -> Result<Verdict, pg::Error> {
    let channel = if chosen.is_some() { Channel::Hand } else { channel_of(credit.source) };
    let (raw, signed) = (credit.raw.clone(), credit.signed.clone());
    let callback = Callback { provider: BANK, channel, raw: &raw, signed: &signed };
    let order = match chosen {
        Some(order) => Some(order),
        None => find(conn, &credit).await?,
    };
    let Some(order) = order else {
        callbacks::keep(conn, app.life.new_id(), callback, Verdict::UnknownOrder, None, app.now()).await?;
        tracing::warn!(credit = %credit.id, "money came that names no dossier");
        return Ok(Verdict::UnknownOrder);
    };
    let order = orders::lock(conn, order.id).await?;
    let attempt = attempt_of(conn, app, &order, credit.amount).await?;
    let report = report(&credit, &attempt);
    let verdict = settle::hear(conn, app, callback, &report).await?;
    let is_taken = verdict == Verdict::Accepted;
    credit.state = if is_taken { CreditState::Taken } else { CreditState::ForPerson };
    credit.state_since = app.now();
    (credit.order_id, credit.agency) = (Some(order.id), order.agency);
    credit.attempt_id = is_taken.then_some(attempt.id);
    bank_credits::save(conn, &credit).await?;
    Ok(verdict)
}

async fn find(conn: &mut AsyncPgConnection, credit: &BankCredit) -> Result<Option<Order>, pg::Error> {
    let mut orders = orders::of_bare_codes(conn, &credit.codes).await?;
    let Some(code) = orders.first().map(|order| order.code.clone()) else { return Ok(None) };
    orders.retain(|order| order.code == code);
    let states: Vec<_> = orders.iter().map(|order| (order.status, order.left())).collect();
    Ok(meant(&states, credit.amount).map(|at| orders.swap_remove(at)))
}

/// The attempt that the money is booked for: one that was begun over as much and has no money yet, or a new one.
async fn attempt_of(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    came: Option<Vnd>,
) -> Result<Attempt, pg::Error> {
    let over = over(order.total, order.left(), came, app.part_payments);
    let begun = attempts::of_order(conn, order.id).await?;
    let fits = |attempt: &Attempt| attempt.provider == BANK && !attempt.status.took_money() && attempt.amount == over;
    match begun.into_iter().rev().find(fits) {
        Some(attempt) => Ok(attempt),
        None => {
            let attempt = start_attempt::begin(conn, app, None, order, (BANK, over)).await?;
            ask_later(conn, app, &attempt).await?;
            Ok(attempt)
        }
    }
}

fn report(credit: &BankCredit, attempt: &Attempt) -> Report {
    Report {
        reference: attempt.reference.clone(),
        signed: credit.signed.clone(),
        for_us: credit.ours,
        amount: credit.amount,
        outcome: Outcome::Paid(Payment {
            provider_reference: credit.transaction_id.clone(),
            paid_at: credit.booked_at,
        }),
    }
}
