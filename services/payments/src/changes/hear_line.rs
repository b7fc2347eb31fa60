//! A line of the account's statement tells of a transfer: it is taken in as the bank's notice of it would be.

use diesel_async::AsyncPgConnection;
use serde_json::json;

use super::take_credit::{self, Told};
use crate::{
    app::App,
    domain::{
        credit::{Credit, CreditSource, CreditState},
        day,
    },
    providers::vietqr::Vietqr,
    store::{
        bank_credits,
        differences::Difference,
        statement_lines::{self, KeptLine, Noted},
        statements,
    },
};

/// Takes in the transfer of a difference, and says what became of it; `None` when its line tells of none to the account into which is paid.
pub async fn hear(
    conn: &mut AsyncPgConnection,
    app: &App,
    difference: &Difference,
) -> Result<Option<CreditState>, pg::Error> {
    let Some((bank, line_id)) = app.providers.vietqr.as_ref().zip(difference.line_id) else { return Ok(None) };
    let statement = statements::find(conn, difference.statement_id).await?.ok_or(pg::Error::NotFound)?;
    let line = statement_lines::of(conn, &[line_id]).await?.pop().ok_or(pg::Error::NotFound)?;
    let is_ours = bank.is_account(&statement.agency, &statement.account);
    let Some(credit) = credit(bank, &line).filter(|_| is_ours) else { return Ok(None) };
    let raw = json!({"line": line.id, "number": credit.transaction, "day": line.day, "amount": line.amount, "text": line.text})
        .to_string();
    let known = bank_credits::lock_number(conn, &credit.bank, &credit.transaction).await?;
    if known.is_none() {
        let told =
            Told { source: CreditSource::Statement, credit: &credit, raw: &raw, ours: true, keeper: &bank.agency };
        take_credit::hear(conn, app, told).await?;
    }
    let known = bank_credits::lock_number(conn, &credit.bank, &credit.transaction).await?;
    let known = known.ok_or(pg::Error::NotFound)?;
    if known.amount != Some(line.amount) {
        return Ok(None);
    }
    if known.attempt_id.is_some() {
        // The line is the payment's from now on: what stands on it is not missing there, and a second one is seen as such.
        let noted = Noted { id: line.id, agrees: false, attempt_id: known.attempt_id, refund_id: None };
        statement_lines::note(conn, &[noted]).await?;
    }
    Ok(Some(known.state))
}

/// What a line says of money that came; without a number it could not be told from another.
fn credit(bank: &Vietqr, line: &KeptLine) -> Option<Credit> {
    Some(Credit {
        transaction: line.number_there.clone()?,
        bank: bank.bank.clone(),
        account: bank.account.clone(),
        amount: Some(line.amount),
        booked_at: day::noon(line.day),
        content: line.text.clone(),
        signed: hex::encode(&line.key),
    })
}
