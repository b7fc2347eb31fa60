//! A cashier takes what is due for an order or a part of it, in cash or by the terminal for cards: it is paid at once.

use civic::Vnd;
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, kinds};
use uuid::Uuid;

use super::{
    issue_receipt, move_attempt,
    start_attempt::{begin, refuse},
};
use crate::{
    app::App,
    domain::{
        attempt::AttemptEvent,
        provider::ProviderName,
        report::Payment,
        taking::{self, WrongPart, asked_for},
    },
    error,
    store::{
        orders,
        receipts::Receipt,
        shifts::Shift,
        takings::{self, Taking},
    },
};

/// What is taken, and from whom.
pub struct Handed {
    pub way: ProviderName,
    /// How much of what is left to pay; all of it when nothing is said.
    pub amount: Option<Vnd>,
    pub received: Vnd,
    pub slip: Option<String>,
    pub payer_name: Option<String>,
    pub payer_address: Option<String>,
    pub payer_number: Option<String>,
}

/// Takes it, in an open shift of the cashier's that is held; gives the receipt too, unless the payer's name is not known yet.
///
/// # Errors
/// When the agency collects no such order, it takes no money, or other money than is due was handed over.
pub async fn take(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    shift: &Shift,
    order_id: Uuid,
    handed: Handed,
) -> Result<(Taking, Option<Receipt>), Problem> {
    let order = orders::lock_at(conn, order_id, &shift.agency).await?.ok_or(error::ORDER_NOT_FOUND)?;
    refuse(&order, app.now())?;
    let due = asked_for(order.left(), handed.amount, app.part_payments).map_err(wrong_part)?;
    let change = taking::change(handed.way, due, handed.received).ok_or_else(|| wrong_amount(handed.way))?;
    let attempt = begin(conn, app, Some(by), &order, (handed.way, due)).await?;
    let taking = Taking {
        attempt_id: attempt.id,
        order_id,
        shift_id: shift.id,
        amount: attempt.amount,
        received: handed.received,
        change,
        slip: handed.slip,
        payer_name: handed.payer_name,
        payer_address: handed.payer_address,
        payer_number: handed.payer_number,
        taken_at: app.now(),
        reversed_at: None,
        reversal_reason: None,
    };
    takings::insert(conn, &taking).await?;
    let order = orders::lock(conn, order_id).await?;
    let payment = Payment { provider_reference: attempt.reference.clone(), paid_at: taking.taken_at };
    move_attempt::apply(conn, app, &order, &attempt, AttemptEvent::Paid(&payment)).await?;
    let receipt = issue_receipt::issue(conn, app, attempt.id).await?;
    match &receipt {
        Some(_) => {}
        None if order.payer().has_account() => issue_receipt::issue_later(conn, app, attempt.id).await?,
        None => return Err(no_payer()),
    }
    Ok((taking, receipt))
}

fn wrong_part(why: WrongPart) -> Problem {
    let text = match why {
        WrongPart::NotOfWhatIsLeft => civic::LocalText::new(
            "Số tiền thu phải lớn hơn 0 và không quá số còn phải nộp.",
            "Take more than 0, and no more than is left to pay.",
        ),
        WrongPart::NoParts => civic::LocalText::new(
            "Cơ quan không thu từng phần: phải nộp đủ.",
            "Fees are not paid in parts here: take all that is left.",
        ),
    };
    Problem::from(kinds::INVALID).field("/amount", "amount", text)
}

fn no_payer() -> Problem {
    let text = civic::LocalText::new(
        "Ghi họ tên người nộp: người đứng tên hồ sơ không có tài khoản.",
        "Write the payer's name: the applicant has no account.",
    );
    Problem::from(kinds::INVALID).field("/payer_name", "required", text)
}

fn wrong_amount(way: ProviderName) -> Problem {
    let text = match way {
        ProviderName::Cash => {
            civic::LocalText::new("Số tiền nhận phải đủ số phải nộp.", "Less was received than is due.")
        }
        _ => civic::LocalText::new(
            "Số tiền trên máy phải đúng bằng số phải nộp.",
            "The terminal must have taken exactly what is due.",
        ),
    };
    Problem::from(kinds::INVALID).field("/received", "amount", text)
}
