//! How long a hundred thousand lines take: measured by `load-tests/statements`, and no part of the other tests.

use std::time::Instant;

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::{
    database::count,
    provider::Mood,
    statements::{Books, VnpayLine, statement},
};

const LINES: i64 = 100_000;

/// As many orders paid at VNPAY, each for itself.
const PAID: &str = "insert into orders (id, dossier_id, code, agency, payer_kind, payer_id, total, status, version, created_at, paid_at, paid)
        select md5('o' || n)::uuid, md5('d' || n)::uuid, 'H44.100-260721-' || lpad(n::text, 6, '0'), 'H44.100', 'PERSON', md5('p' || n)::uuid,
            16000, 'PAID', 3, '2026-07-21 03:00Z', '2026-07-21 03:17Z', 16000
        from generate_series(1, 100000) n;
    insert into attempts (id, order_id, provider, reference, amount, status, provider_reference, paid_at, created_at, expires_at)
        select md5('a' || n)::uuid, md5('o' || n)::uuid, 'VNPAY', md5('a' || n), 16000, 'SETTLED', n::text, '2026-07-21 03:17Z',
            '2026-07-21 03:00Z', '2026-07-21 03:15Z'
        from generate_series(1, 100000) n;
    insert into ledger_accounts (kind, owner, currency) values ('PROVIDER_CLEARING', 'VNPAY', 'VND'), ('FEE_INCOME', 'H44.100', 'VND');
    insert into transfers (id, purpose, debit, credit, currency, amount, order_id, attempt_id, cause_id, created_at)
        select md5('t' || n)::uuid, 'CAPTURE', d.id, c.id, 'VND', 16000, md5('o' || n)::uuid, md5('a' || n)::uuid, md5('a' || n)::uuid,
            '2026-07-21 03:17Z'
        from generate_series(1, 100000) n, ledger_accounts d, ledger_accounts c
        where d.kind = 'PROVIDER_CLEARING' and c.kind = 'FEE_INCOME';
    analyze";

/// What PostgreSQL alone takes for as many: the lines written again, with their indexes, and joined to the payments.
const BARE: &str = "begin;
    create table bare (like statement_lines including all);
    insert into bare (statement_id, number, key, day, direction, amount, status, reference, number_there, text)
        select statement_id, number, key, day, direction, amount, status, reference, number_there, text from statement_lines;
    analyze bare;
    update bare l set outcome = 'AGREES', attempt_id = a.id from attempts a where a.provider = 'VNPAY' and a.reference = l.reference;
    commit";

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    reference: String,
}

#[tokio::test]
#[ignore = "measures: run by load-tests/statements"]
#[expect(clippy::print_stdout, reason = "what it measures is its outcome")]
async fn a_hundred_thousand_lines() {
    let books = Books::open(Mood::Status("00")).await;
    let conn = &mut books.installation.database("payments").await;
    conn.batch_execute(PAID).await.unwrap();
    let names = "select reference from attempts order by provider_reference::integer";
    let names: Vec<Named> = sql_query(names).load(conn).await.unwrap();
    // A hundred lines that nobody knows, and a hundred payments that are not on it.
    let line = |(n, named): (i64, &Named)| VnpayLine {
        reference: if n > LINES - 100 { format!("unknown{n}") } else { named.reference.clone() },
        number: if n > LINES - 100 { format!("9{n:07}") } else { n.to_string() },
        amount: 16_000,
        at: "20260721101712",
        status: "00",
    };
    let file = statement(&(1..).zip(&names).map(line).collect::<Vec<_>>());
    let begin = Instant::now();
    let compared = books.compared("source=VNPAY", &file).await;
    let took = begin.elapsed();
    assert_eq!(compared["compared_lines"], LINES);
    assert_eq!(count(&books.installation, "statement_lines where outcome = 'AGREES'").await, LINES - 100);
    assert_eq!(count(&books.installation, "differences").await, 200);
    let begin = Instant::now();
    conn.batch_execute(BARE).await.unwrap();
    let bare = begin.elapsed();
    println!(
        "{LINES} lines of {} MB loaded and compared in {:.1} s: {:.1} times what PostgreSQL alone takes to write and join them, {:.1} s",
        file.len() >> 20,
        took.as_secs_f64(),
        took.as_secs_f64() / bare.as_secs_f64(),
        bare.as_secs_f64()
    );
}
