//! VNPAY's daily statement and its breaks.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{Fixture, merchant::wire_time};

/// The rows between header and totals, after checking the totals.
async fn rows(fixture: &Fixture) -> Vec<Vec<String>> {
    let today = &wire_time(0)[..8];
    let csv = fixture.get(&format!("/vnpay/statement?date={today}")).await.text().await.unwrap();
    let (body, totals) = csv.trim_end().rsplit_once('\n').unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let rows: Vec<_> = body.lines().skip(1).map(cells).collect();
    let sum: i64 = rows.iter().map(|row| row[3].parse::<i64>().unwrap()).sum();
    let checksum = hex::encode(Sha256::digest(format!("{body}\n")));
    assert_eq!(totals, format!("total,{},{sum},{checksum}", rows.len()));
    rows
}

#[tokio::test]
async fn the_statement_lists_what_was_paid_and_sums_it_up() {
    let fixture = Fixture::new().await;
    let (_, first) = fixture.pay("DAY1", "pay").await;
    fixture.pay("DAY2", "cancel").await;
    fixture.pay("DAY3", "pay").await;
    let rows = rows(&fixture).await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][1..4], ["DAY1", first["vnp_TransactionNo"].as_str(), "7500000"]);
    assert_eq!(rows[0][5..], ["01", "00"]);
    assert_eq!(rows[1][1], "DAY3");
}

#[tokio::test]
async fn each_break_spoils_the_newest_row_in_its_own_way() {
    let fixture = Fixture::new().await;
    fixture.pay("DAY4", "pay").await;
    let honest = rows(&fixture).await;
    for (kind, expected_rows) in
        [("missing_here", 2), ("missing_there", 0), ("duplicate", 2), ("amount", 1), ("status", 1), ("late", 1)]
    {
        fixture.behave(json!({ "vnpay": { "statement_breaks": [kind] } })).await;
        let broken = rows(&fixture).await;
        assert_eq!(broken.len(), expected_rows, "{kind}");
        assert_ne!(broken, honest, "{kind}");
    }
}

#[tokio::test]
async fn six_breaks_at_once_spoil_a_row_each() {
    let fixture = Fixture::new().await;
    for number in 0..7 {
        fixture.pay(&format!("DAYS{number}"), "pay").await;
    }
    let all = ["missing_here", "missing_there", "amount", "status", "duplicate", "late"];
    fixture.behave(json!({ "vnpay": { "statement_breaks": all } })).await;
    let broken = rows(&fixture).await;
    // One is left out; nobody's and a copy come to them.
    assert_eq!(broken.len(), 8);
    let of = |reference: &str| broken.iter().filter(|row| row[1] == reference).collect::<Vec<_>>();
    assert_eq!(of("DAYS6").len(), 0);
    assert_eq!(of("DAYS5")[0][3], "7510000");
    assert_eq!(of("DAYS4")[0][6], "02");
    assert_eq!(of("DAYS3").len(), 2);
    assert_ne!(of("DAYS2")[0][4][..8], of("DAYS1")[0][4][..8]);
}
