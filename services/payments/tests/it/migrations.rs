//! The tables come, go and come again.

use diesel_async::SimpleAsyncConnection;
use testkit::Installation;

use crate::{
    database::{assert_sound, count},
    fees::{begin, begin_another, owed},
    provider::Notice,
};

/// `up.sql` and `down.sql` of every migration.
const STEPS: [(&str, &str); 34] = [
    (include_str!("../../migrations/0001_payments/up.sql"), include_str!("../../migrations/0001_payments/down.sql")),
    (
        include_str!("../../migrations/0002_transfer_causes/up.sql"),
        include_str!("../../migrations/0002_transfer_causes/down.sql"),
    ),
    (
        include_str!("../../migrations/0003_order_amounts/up.sql"),
        include_str!("../../migrations/0003_order_amounts/down.sql"),
    ),
    (
        include_str!("../../migrations/0004_more_steps/up.sql"),
        include_str!("../../migrations/0004_more_steps/down.sql"),
    ),
    (
        include_str!("../../migrations/0005_dossier_ends/up.sql"),
        include_str!("../../migrations/0005_dossier_ends/down.sql"),
    ),
    (include_str!("../../migrations/0006_refunds/up.sql"), include_str!("../../migrations/0006_refunds/down.sql")),
    (
        include_str!("../../migrations/0007_refund_transfers/up.sql"),
        include_str!("../../migrations/0007_refund_transfers/down.sql"),
    ),
    (
        include_str!("../../migrations/0008_agencies_accounts/up.sql"),
        include_str!("../../migrations/0008_agencies_accounts/down.sql"),
    ),
    (
        include_str!("../../migrations/0009_counter_attempts/up.sql"),
        include_str!("../../migrations/0009_counter_attempts/down.sql"),
    ),
    (
        include_str!("../../migrations/0010_captures_again/up.sql"),
        include_str!("../../migrations/0010_captures_again/down.sql"),
    ),
    (
        include_str!("../../migrations/0011_reversals_counted/up.sql"),
        include_str!("../../migrations/0011_reversals_counted/down.sql"),
    ),
    (
        include_str!("../../migrations/0012_reversals_noted/up.sql"),
        include_str!("../../migrations/0012_reversals_noted/down.sql"),
    ),
    (
        include_str!("../../migrations/0013_cash_accounts/up.sql"),
        include_str!("../../migrations/0013_cash_accounts/down.sql"),
    ),
    (include_str!("../../migrations/0014_till/up.sql"), include_str!("../../migrations/0014_till/down.sql")),
    (include_str!("../../migrations/0015_receipts/up.sql"), include_str!("../../migrations/0015_receipts/down.sql")),
    (
        include_str!("../../migrations/0016_callbacks_of_attempt/up.sql"),
        include_str!("../../migrations/0016_callbacks_of_attempt/down.sql"),
    ),
    (
        include_str!("../../migrations/0017_refund_versions/up.sql"),
        include_str!("../../migrations/0017_refund_versions/down.sql"),
    ),
    (
        include_str!("../../migrations/0018_statements/up.sql"),
        include_str!("../../migrations/0018_statements/down.sql"),
    ),
    (
        include_str!("../../migrations/0019_closed_days/up.sql"),
        include_str!("../../migrations/0019_closed_days/down.sql"),
    ),
    (
        include_str!("../../migrations/0020_statements_as_channel/up.sql"),
        include_str!("../../migrations/0020_statements_as_channel/down.sql"),
    ),
    (
        include_str!("../../migrations/0021_transfers_by_day/up.sql"),
        include_str!("../../migrations/0021_transfers_by_day/down.sql"),
    ),
    (
        include_str!("../../migrations/0022_attempts_by_day/up.sql"),
        include_str!("../../migrations/0022_attempts_by_day/down.sql"),
    ),
    (
        include_str!("../../migrations/0023_pages_of_providers/up.sql"),
        include_str!("../../migrations/0023_pages_of_providers/down.sql"),
    ),
    (
        include_str!("../../migrations/0024_bank_credits/up.sql"),
        include_str!("../../migrations/0024_bank_credits/down.sql"),
    ),
    (
        include_str!("../../migrations/0025_words_by_hand/up.sql"),
        include_str!("../../migrations/0025_words_by_hand/down.sql"),
    ),
    (
        include_str!("../../migrations/0026_orders_by_bare_code/up.sql"),
        include_str!("../../migrations/0026_orders_by_bare_code/down.sql"),
    ),
    (include_str!("../../migrations/0027_pay_links/up.sql"), include_str!("../../migrations/0027_pay_links/down.sql")),
    (include_str!("../../migrations/0028_waivers/up.sql"), include_str!("../../migrations/0028_waivers/down.sql")),
    (
        include_str!("../../migrations/0029_order_waived/up.sql"),
        include_str!("../../migrations/0029_order_waived/down.sql"),
    ),
    (
        include_str!("../../migrations/0030_waivers_noted/up.sql"),
        include_str!("../../migrations/0030_waivers_noted/down.sql"),
    ),
    (
        include_str!("../../migrations/0031_legal_basis_of_lines/up.sql"),
        include_str!("../../migrations/0031_legal_basis_of_lines/down.sql"),
    ),
    (
        include_str!("../../migrations/0032_parts_settle/up.sql"),
        include_str!("../../migrations/0032_parts_settle/down.sql"),
    ),
    (
        include_str!("../../migrations/0033_joint_payments/up.sql"),
        include_str!("../../migrations/0033_joint_payments/down.sql"),
    ),
    (
        include_str!("../../migrations/0034_agency_contacts/up.sql"),
        include_str!("../../migrations/0034_agency_contacts/down.sql"),
    ),
];

#[tokio::test]
async fn every_migration_can_be_undone_and_done_again() {
    let installation = Installation::start([payments::service()]).await;
    let ours = "information_schema.tables where table_name in ('orders', 'order_lines', 'attempts', 'transfers', \
        'provider_callbacks', 'order_history', 'ledger_accounts', 'refunds', 'shifts', 'takings', 'payers', 'agencies', \
        'receipts', 'receipt_numbers', 'statements', 'statement_lines', 'differences', 'closed_days', 'closed_day_figures', \
        'bank_credits', 'pay_links', 'waivers')";
    let conn = &mut installation.database("payments").await;
    for (_, down) in STEPS.iter().rev() {
        conn.batch_execute(down).await.unwrap();
    }
    assert_eq!(count(&installation, ours).await, 0);
    for (up, _) in STEPS {
        conn.batch_execute(up).await.unwrap();
    }
    assert_eq!(count(&installation, ours).await, 22);
}

#[tokio::test]
async fn what_was_paid_before_names_its_cause_and_its_amount_afterwards_and_the_ledger_refuses_changes_again() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    for _ in 0..2 {
        let order = owed(&installation, &an).await;
        let references = [begin(&an, &order).await, begin_another(&installation, &an, &order).await];
        for reference in references {
            assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
        }
    }
    owed(&installation, &an).await;
    let conn = &mut installation.database("payments").await;
    for (_, down) in STEPS[1..].iter().rev() {
        conn.batch_execute(&format!("begin; {down}; commit")).await.unwrap();
    }
    for (up, _) in &STEPS[1..] {
        conn.batch_execute(&format!("begin; {up}; commit")).await.unwrap();
    }
    assert_eq!(count(&installation, "transfers where cause_kind = 'ATTEMPT' and cause_id = attempt_id").await, 4);
    assert_eq!(count(&installation, "orders where status = 'PAID' and paid = total and refunded = 0").await, 2);
    assert_eq!(count(&installation, "orders where status = 'DUE' and paid = 0").await, 1);
    let refused = conn.batch_execute("update transfers set amount = 1").await.unwrap_err().to_string();
    assert!(refused.contains("only ever added to"), "{refused}");
    assert_sound(&installation).await;
}

/// While pods of the version before this one still run.
#[tokio::test]
async fn what_the_version_before_writes_is_completed() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    owed(&installation, &an).await;
    let conn = &mut installation.database("payments").await;
    conn.batch_execute("update orders set version = 2, status = 'PAID', paid_at = now()").await.unwrap();
    assert_eq!(count(&installation, "orders where paid = total").await, 1);
}
