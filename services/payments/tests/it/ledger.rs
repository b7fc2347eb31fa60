//! The ledger refuses what must not be written, whoever writes it.

use diesel::sql_query;
use diesel_async::RunQueryDsl;
use testkit::Installation;

use crate::{
    database::{assert_sound, count},
    fees::{begin, begin_another, owed},
    provider::Notice,
};

/// Two transfers for one cause of another kind than attempts.
const CAUSED_TWICE: &str = "insert into transfers (id, purpose, debit, credit, currency, amount, order_id, cause_kind, \
    cause_id, created_at) select gen_random_uuid(), 'SURPLUS', debit, credit, currency, amount, order_id, 'REFUND', order_id, \
    created_at from transfers, generate_series(1, 2)";

/// A copy of the one transfer, as the version before causes writes it, with one column changed. The second attempt has none yet.
fn copy_with(column: &str, value: &str) -> String {
    let columns = ["purpose", "debit", "credit", "currency", "amount", "order_id", "attempt_id", "created_at"];
    let other_attempt = "(select id from attempts where status = 'CREATED')";
    let values = columns.map(|name| match name {
        _ if name == column => value,
        "purpose" => "'SURPLUS'",
        "attempt_id" => other_attempt,
        _ => name,
    });
    format!(
        "insert into transfers (id, {}) select gen_random_uuid(), {} from transfers",
        columns.join(", "),
        values.join(", ")
    )
}

#[tokio::test]
async fn every_bad_write_is_refused() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let reference = begin(&an, &order).await;
    begin_another(&installation, &an, &order).await;
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    // Its receipt is being issued: who truncates meanwhile may lose a deadlock before the refusal.
    installation
        .until(
            "payments",
            "not exists (select from jobs where kind = 'issue_receipt' and (attempts = 0 or locked_until is not null))",
        )
        .await;
    let conn = &mut installation.database("payments").await;
    for (statement, refusal) in [
        ("update transfers set amount = 1".to_owned(), "only ever added to"),
        ("delete from transfers".to_owned(), "only ever added to"),
        ("truncate transfers".to_owned(), "only ever added to"),
        ("truncate orders cascade".to_owned(), "only ever added to"),
        ("update ledger_accounts set owner = 'H44.101'".to_owned(), "only ever added to"),
        ("delete from order_history".to_owned(), "only ever added to"),
        (copy_with("amount", "0"), "transfers_amount"),
        (copy_with("amount", "-24000"), "transfers_amount"),
        (copy_with("credit", "debit"), "transfers_between_two"),
        (copy_with("currency", "'USD'"), "transfers_debit"),
        (copy_with("credit", "999"), "transfers_credit"),
        (copy_with("purpose", "'CAPTURE'"), "transfers_one_capture"),
        (copy_with("purpose", "'GIFT'"), "transfers_purpose"),
        (copy_with("attempt_id", "attempt_id"), "transfers_one_an_attempt"),
        (copy_with("attempt_id", "null"), "transfers_attempt_is_cause"),
        (CAUSED_TWICE.to_owned(), "transfers_one_a_cause"),
        (CAUSED_TWICE.replace("REFUND", "GIFT"), "transfers_cause_kind"),
        (CAUSED_TWICE.replace("REFUND", "ATTEMPT"), "transfers_attempt_is_cause"),
        ("update orders set refunded = paid + 1".to_owned(), "orders_refunded"),
        ("update orders set status = 'PART_PAID'".to_owned(), "orders_paid"),
    ] {
        let refused = sql_query(&statement).execute(conn).await.expect_err(&statement).to_string();
        assert!(refused.contains(refusal), "{statement}: {refused}");
    }
    assert_eq!(count(&installation, "transfers").await, 1);
    sql_query(copy_with("", "")).execute(conn).await.expect("the copy itself is well-formed");
}

#[tokio::test]
async fn the_providers_debt_equals_the_agencies_income() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    for _ in 0..2 {
        let order = owed(&installation, &an).await;
        assert_eq!(Notice::paid(&begin(&an, &order).await).send(&installation).await, "00");
    }
    let sum = "(select sum(amount) as total from transfers join ledger_accounts a on a.id =";
    for (side, kind, owner) in [("debit", "PROVIDER_CLEARING", "VNPAY"), ("credit", "FEE_INCOME", "H44.100")] {
        let account = format!("{sum} {side} where kind = '{kind}' and owner = '{owner}') s where total = 48000");
        assert_eq!(count(&installation, &account).await, 1, "{kind}");
    }
    assert_eq!(count(&installation, "ledger_accounts").await, 2);
    assert_sound(&installation).await;
}
