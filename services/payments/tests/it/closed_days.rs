//! Days of the books are closed and signed, and what was booked is reported down to each transfer.

use chrono::TimeDelta;
use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, begin_another},
    provider::{Mood, Notice},
    statements::{AGENCY, Books, statement},
};

const DAYS: &str = "from=2026-07-21&until=2026-07-22";

fn figure(channel: &str, purpose: &str, transfers: i32, amount: i64) -> Value {
    json!({"channel": channel, "purpose": purpose, "transfers": transfers, "amount": {"amount": amount, "currency": "VND"}})
}

async fn sign(books: &Books, by: &TestCaller, agency: &str, day: &str) -> TestResponse {
    books.post(by, &format!("/api/v1/agencies/{agency}/days/{day}/signature"), &json!({})).await
}

#[tokio::test]
async fn a_day_is_closed_when_it_is_over_and_what_comes_later_is_of_the_next_day() {
    let books = Books::open(Mood::Status("00")).await;
    books.paid("H44.100").await;
    let (_, later) = books.begun("H44.100").await;
    let early = sign(&books, &books.approver, "H44.100", "2026-07-21").await.expect(409);
    assert_eq!(early.text("/code"), "day-not-over");
    let open = books.get(&format!("{AGENCY}/days/2026-07-21")).await.expect(200);
    assert_eq!((&open.json["is_closed"], &open.json["can_be_closed"]), (&json!(false), &json!(false)));
    books.installation.clock.advance(TimeDelta::hours(15));
    let _ = sign(&books, &books.accountant, "H44.100", "2026-07-21").await.expect(403);
    let signed = sign(&books, &books.approver, "H44.100", "2026-07-21").await.expect(201);
    let figures = json!([figure("VNPAY", "CAPTURE", 1, TOTAL)]);
    assert_eq!(signed.json["figures"], figures);
    let again = sign(&books, &books.approver, "H44.100", "2026-07-21").await.expect(409);
    assert_eq!(again.text("/code"), "day-closed");
    assert_eq!(Notice::paid(&later).send(&books.installation).await, "00");
    let closed = books.get(&format!("{AGENCY}/days/2026-07-21")).await.expect(200);
    assert_eq!((&closed.json["figures"], &closed.json["is_closed"]), (&figures, &json!(true)));
    assert!(closed.json["signed_by"].is_string());
    let next = books.get(&format!("{AGENCY}/days/2026-07-22")).await.expect(200);
    assert_eq!(next.json["figures"], figures);
    let days = books.get(&format!("{AGENCY}/days")).await.expect(200);
    assert_eq!((days.text("/items/0/day"), days.json["items"].as_array().unwrap().len()), ("2026-07-21", 1));
    assert_eq!(count(&books.installation, "audit_log where action = 'day.signed'").await, 1);
    assert_sound(&books.installation).await;
    let conn = &mut books.installation.database("payments").await;
    let refused = conn.batch_execute("update closed_day_figures set amount = 1").await.unwrap_err().to_string();
    assert!(refused.contains("only ever added to"), "{refused}");
}

#[tokio::test]
async fn no_day_is_closed_while_a_difference_is_nobodys() {
    let books = Books::open(Mood::Status("00")).await;
    // VNPAY's statement is of everybody's payments; whoever loads it sees to those of her own agency.
    let mut line = books.paid("H44.101").await;
    line.amount += 1_000;
    books.compared("source=VNPAY", &statement(&[line])).await;
    assert_eq!(books.differences("").await, Vec::<Value>::new());
    let there = books.installation.official(&[("H44.101", OfficialRole::AgencyAdministrator)]);
    books.installation.clock.advance(TimeDelta::hours(15));
    let refused = sign(&books, &there, "H44.101", "2026-07-21").await.expect(409);
    assert_eq!(refused.text("/code"), "difference-without-owner");
    let list = there.call("payments", Method::GET, "/api/v1/agencies/H44.101/differences").send().await.expect(200);
    assert_eq!((list.text("/items/0/class"), &list.json["items"][0]["owner"]), ("AMOUNT", &Value::Null));
    let path = format!("/api/v1/differences/{}/owner", list.text("/items/0/id"));
    let taken = books.post(&there, &path, &json!({})).await.expect(200);
    assert!(taken.json["owner"].is_string());
    let signed = sign(&books, &there, "H44.101", "2026-07-21").await.expect(201);
    assert_eq!(signed.json["open_differences"], 1);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn figures_lead_down_to_transfers_and_to_what_each_payer_is_to_get_back() {
    let books = Books::open(Mood::Status("00")).await;
    books.paid("H44.100").await;
    let (order, first) = books.begun("H44.100").await;
    let second = begin_another(&books.installation, &books.an, &order).await;
    for reference in [first, second] {
        assert_eq!(Notice::paid(&reference).send(&books.installation).await, "00");
    }
    let report = books.get(&format!("{AGENCY}/figures?{DAYS}")).await.expect(200);
    let total = json!([figure("VNPAY", "CAPTURE", 2, 2 * TOTAL), figure("VNPAY", "SURPLUS", 1, TOTAL)]);
    assert_eq!(report.json["total"], total);
    assert_eq!(report.json["days"][0]["day"], "2026-07-21");
    let kinds = report.json["kinds"].as_array().unwrap();
    assert_eq!(kinds.iter().map(|kind| kind["quantity"].as_i64().unwrap()).collect::<Vec<_>>(), [4, 2]);
    let path = format!("{AGENCY}/transfers?{DAYS}&page_size=1&purpose=CAPTURE&channel=VNPAY");
    let list = books.get(&path).await.expect(200);
    let rest = books.get(&format!("{path}&cursor={}", list.text("/next"))).await.expect(200);
    assert_ne!(list.text("/items/0/id"), rest.text("/items/0/id"));
    assert!(rest.json["next"].is_null() && rest.json["items"][0]["number"].is_string());
    let payers = books.get(&format!("{AGENCY}/payers?{DAYS}")).await.expect(200);
    let payer = &payers.json["items"][0];
    let dong = |name: &str| payer[name]["amount"].as_i64().unwrap();
    assert_eq!((dong("due"), dong("paid"), dong("refunded"), dong("to_refund")), (2 * TOTAL, 3 * TOTAL, 0, TOTAL));
    let sheet = books.get(&format!("{AGENCY}/transfers.xlsx?{DAYS}")).await.expect(200);
    assert_eq!(sheet.header("content-disposition"), Some("attachment; filename=\"H44.100-20260721-20260722.xlsx\""));
    let wrong = books.get(&format!("{AGENCY}/figures?from=2026-07-22&until=2026-07-21")).await.expect(400);
    assert_eq!(wrong.text("/errors/0/pointer"), "until");
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn a_spreadsheet_of_more_rows_than_anybody_reads_is_not_made() {
    let books = Books::open(Mood::Status("00")).await;
    books.paid("H44.100").await;
    let many = "insert into transfers (id, purpose, debit, credit, currency, amount, order_id, cause_kind, cause_id, created_at)
        select gen_random_uuid(), 'REFUND', debit, credit, currency, amount, order_id, 'REFUND', gen_random_uuid(), created_at
        from transfers, generate_series(1, 50000)";
    let conn = &mut books.installation.database("payments").await;
    conn.batch_execute(many).await.unwrap();
    let refused = books.get(&format!("{AGENCY}/transfers.xlsx?{DAYS}")).await.expect(422);
    assert_eq!(refused.text("/code"), "too-many-transfers");
}
