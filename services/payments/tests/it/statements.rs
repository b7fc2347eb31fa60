//! Statements are loaded and compared with the books: every kind of difference is found once, healed by a rule or ended by persons.

use chrono::TimeDelta;
use civic::{
    OfficialRole,
    events::{PaymentNotice, PaymentNoticed},
};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, begin, copies, open, states},
    provider::{Mood, Notice, Questions},
};

pub const AGENCY: &str = "/api/v1/agencies/H44.100";
const HEADINGS: &str =
    "vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus";

/// An agency with an accountant, and somebody who pays.
pub struct Books {
    pub installation: Installation,
    pub an: TestCaller,
    pub accountant: TestCaller,
    pub approver: TestCaller,
}

/// One line of VNPAY's.
pub struct VnpayLine {
    pub reference: String,
    pub number: String,
    pub amount: i64,
    pub at: &'static str,
    pub status: &'static str,
}

impl Books {
    pub async fn open(mood: Mood) -> Self {
        let vnpay = Questions::answered(mood);
        let flags = ["--vnpay-api-url", &vnpay.url];
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let at = |role| installation.official(&[("H44.100", role)]);
        let (accountant, approver) = (at(OfficialRole::Cashier), at(OfficialRole::Approver));
        Self { an, accountant, approver, installation }
    }

    /// A fee of an agency and an attempt to pay it: the order's path, and our name for the attempt.
    pub async fn begun(&self, agency: &str) -> (String, String) {
        let mut fee = copies(self.an.party());
        fee.agency = agency.parse().unwrap();
        fee.code = format!("{agency}-260721-0001").parse().unwrap();
        let order = open(&self.installation, &self.an, &fee).await;
        let reference = begin(&self.an, &order).await;
        (order, reference)
    }

    /// One that is paid, as VNPAY's statement rightly says.
    pub async fn paid(&self, agency: &str) -> VnpayLine {
        let (_, reference) = self.begun(agency).await;
        assert_eq!(Notice::paid(&reference).send(&self.installation).await, "00");
        VnpayLine { number: number_of(&reference), reference, amount: TOTAL, at: "20260721101712", status: "00" }
    }

    pub async fn load(&self, query: &str, file: &str) -> TestResponse {
        self.load_as(&self.accountant, query, file, "text/csv").await
    }

    async fn load_as(&self, by: &TestCaller, query: &str, file: &str, media_type: &str) -> TestResponse {
        let path = format!("{AGENCY}/statements?file_name=sao-ke.csv&{query}");
        let call = by.call("payments", Method::POST, &path).key(&Uuid::new_v4().to_string());
        call.body(file.as_bytes().to_vec(), media_type).send().await
    }

    /// Loads one, and waits until all of it is compared.
    pub async fn compared(&self, query: &str, file: &str) -> Value {
        let loaded = self.load(query, file).await;
        assert!([200, 201].contains(&loaded.status), "{}", loaded.json);
        let path = format!("/api/v1/statements/{}", loaded.text("/id"));
        loop {
            let now = self.get(&path).await.expect(200);
            if now.text("/state") == "COMPARED" {
                return now.json;
            }
            tokio::task::yield_now().await;
        }
    }

    pub async fn get(&self, path: &str) -> TestResponse {
        self.accountant.call("payments", Method::GET, path).send().await
    }

    pub async fn differences(&self, filter: &str) -> Vec<Value> {
        let page = self.get(&format!("{AGENCY}/differences?page_size=100{filter}")).await.expect(200);
        page.json["items"].as_array().unwrap().clone()
    }

    /// The one of a class that waits.
    async fn of_class(&self, class: &str) -> Value {
        let all = self.differences("").await;
        all.into_iter().find(|it| it["class"] == class).unwrap_or_else(|| panic!("no {class}"))
    }

    pub async fn post(&self, by: &TestCaller, path: &str, body: &Value) -> TestResponse {
        by.call("payments", Method::POST, path).key(&Uuid::new_v4().to_string()).json(body).send().await
    }

    async fn act(&self, by: &TestCaller, difference: &Value, what: &str, body: &Value) -> TestResponse {
        let path = format!("/api/v1/differences/{}/{what}", difference["id"].as_str().unwrap());
        self.post(by, &path, body).await
    }

    /// Six differences of six kinds beside a line that agrees and one that a rule heals. Gives the statement, and the order whose
    /// notice never came.
    async fn planted(&self) -> (String, String) {
        let right = self.paid("H44.100").await;
        let (lost, lost_reference) = self.begun("H44.100").await;
        self.paid("H44.100").await;
        let mut amount = self.paid("H44.100").await;
        amount.amount = TOTAL + 1_000;
        let mut status = self.paid("H44.100").await;
        status.status = "02";
        let once = self.paid("H44.100").await;
        let twice = VnpayLine { number: "99000001".into(), reference: once.reference.clone(), ..self.right(&once) };
        let mut late = self.paid("H44.100").await;
        late.at = "20260722000102";
        let unknown = VnpayLine { reference: "0000".into(), number: "99000002".into(), ..self.right(&right) };
        let healed = VnpayLine { reference: lost_reference, number: "14226112".into(), ..self.right(&right) };
        (statement(&[right, healed, amount, status, once, twice, late, unknown]), lost)
    }

    fn right(&self, like: &VnpayLine) -> VnpayLine {
        VnpayLine { reference: like.reference.clone(), number: like.number.clone(), ..*like }
    }
}

/// VNPAY's number of what [`Notice::paid`] says.
fn number_of(reference: &str) -> String {
    reference.bytes().fold(1_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())).to_string()
}

pub fn statement(lines: &[VnpayLine]) -> String {
    let lines = lines.iter().map(|line| {
        format!("DEMOTMN1,{},{},{},{},01,{}", line.reference, line.number, line.amount * 100, line.at, line.status)
    });
    format!("{HEADINGS}\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

fn classes(differences: &[Value]) -> Vec<String> {
    let mut classes: Vec<_> = differences.iter().map(|it| it["class"].as_str().unwrap().to_owned()).collect();
    classes.sort();
    classes
}

const WAITING: [&str; 5] = ["AMOUNT", "MISSING_HERE", "MISSING_THERE", "STATUS", "TWICE"];

#[tokio::test]
async fn six_planted_differences_are_found_once_and_what_a_rule_can_heal_is_healed() {
    let books = Books::open(Mood::Status("00")).await;
    let (file, lost) = books.planted().await;
    let compared = books.compared("source=VNPAY", &file).await;
    assert_eq!(
        (&compared["lines"], &compared["new_lines"], &compared["compared_lines"]),
        (&json!(8), &json!(8), &json!(8))
    );
    assert_eq!((&compared["from"], &compared["until"]), (&json!("2026-07-21"), &json!("2026-07-22")));
    eventually(|| async { (states(&books.an, &lost).await.0 == "PAID").then_some(()) }).await;
    eventually(|| async { (books.differences("").await.len() == 5).then_some(()) }).await;
    let waiting = books.differences("").await;
    assert_eq!(classes(&waiting), WAITING);
    assert!(waiting.iter().all(|it| it["owner"].is_string() && it["age_days"] == 0), "{waiting:#?}");
    assert_eq!(classes(&books.differences("&state=HEALED").await), ["LATE", "MISSING_HERE"]);
    assert_sound(&books.installation).await;
    // The same file, and the same lines in another one.
    books.load("source=VNPAY", &file).await.expect(200);
    let again = books.compared("source=VNPAY&from=2026-07-21&until=2026-07-22", &format!("{file}\n\n")).await;
    assert_eq!((&again["lines"], &again["new_lines"]), (&json!(8), &json!(0)));
    assert_eq!(count(&books.installation, "differences").await, 7);
    assert_eq!(count(&books.installation, "statement_lines").await, 8);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_was_half_compared_when_its_process_died_ends_as_if_it_had_not() {
    let books = Books::open(Mood::Status("00")).await;
    let (file, lost) = books.planted().await;
    books.compared("source=VNPAY", &file).await;
    eventually(|| async { (states(&books.an, &lost).await.0 == "PAID").then_some(()) }).await;
    eventually(|| async { (books.differences("").await.len() == 5).then_some(()) }).await;
    let undo = "update statements set state = 'COMPARING', compared_at = null;
        delete from differences where line_id in (select id from statement_lines where number > 3) or line_id is null;
        update statement_lines set outcome = 'NEW', attempt_id = null, refund_id = null where number > 3;
        insert into jobs (id, kind, payload, created_at, run_at)
            select gen_random_uuid(), 'compare_statement', json_build_object('statement_id', id)::text, now(), '2026-07-21 03:00Z' from statements";
    let conn = &mut books.installation.database("payments").await;
    conn.batch_execute(undo).await.unwrap();
    eventually(|| async { (books.differences("").await.len() == 5).then_some(()) }).await;
    eventually(|| async {
        (count(&books.installation, "statements where state = 'COMPARED'").await == 1).then_some(())
    })
    .await;
    assert_eq!(classes(&books.differences("").await), WAITING);
    assert_eq!(count(&books.installation, "differences").await, 7);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_dies_in_the_middle_of_loading_leaves_nothing_and_loads_again_to_the_same() {
    let books = Books::open(Mood::Status("00")).await;
    let file = statement(&[books.paid("H44.100").await]);
    let conn = &mut books.installation.database("payments").await;
    conn.batch_execute("begin; lock table statement_lines in access exclusive mode").await.unwrap();
    // The statement is written, its lines wait; then the connection dies.
    let ended = "pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into statement_lines%' and pg_terminate_backend(pid)";
    let end = eventually(|| async { (count(&books.installation, ended).await > 0).then_some(()) });
    let (answer, ()) = futures_util::future::join(books.load("source=VNPAY", &file), end).await;
    assert!(answer.status >= 500, "{}", answer.status);
    conn.batch_execute("rollback").await.unwrap();
    assert_eq!(count(&books.installation, "statements").await, 0);
    let compared = books.compared("source=VNPAY", &file).await;
    assert_eq!((&compared["new_lines"], &compared["differences"]), (&json!(1), &json!([])));
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn statements_of_an_account_are_loaded_one_after_the_other_whoever_loads_them() {
    let books = Books::open(Mood::Status("00")).await;
    let files = [books.paid("H44.100").await, books.paid("H44.100").await].map(|line| statement(&[line]));
    // The lock of the first, which is not committed yet: the second waits for it.
    let mut first = books.installation.database("payments").await;
    first
        .batch_execute("begin; select pg_advisory_xact_lock(hashtextextended('statements VNPAY DEMOTMN1', 0))")
        .await
        .unwrap();
    let second = books.load("source=VNPAY", &files[0]);
    tokio::pin!(second);
    let waits = "exists (select from pg_locks where locktype = 'advisory' and not granted)";
    let waiting = books.installation.until("payments", waits);
    tokio::select! {
        answer = &mut second => panic!("it did not wait: {}", answer.status),
        () = waiting => {}
    }
    first.batch_execute("commit").await.unwrap();
    let earlier = second.await.expect(201);
    let later = books.load("source=VNPAY", &files[1]).await.expect(201);
    let [earlier, later] = [earlier, later].map(|loaded| loaded.text("/id").to_owned());
    let in_order = format!(
        "statements earlier, statements later where earlier.id = '{earlier}' and later.id = '{later}' and earlier.loaded_at < later.loaded_at"
    );
    assert_eq!(count(&books.installation, &in_order).await, 1, "though the clock stands");
}

#[tokio::test]
async fn what_cannot_be_read_changes_nothing_and_is_named_by_its_line() {
    let books = Books::open(Mood::Status("00")).await;
    let line = books.paid("H44.100").await;
    let good = statement(&[line]);
    let bad = good.replace("20260721101712", "20260732101712");
    let refused = books.load("source=VNPAY", &bad).await.expect(422);
    assert_eq!(refused.text("/code"), "statement-unreadable");
    assert!(refused.text("/errors/0/detail").starts_with("Dòng 2:"), "{}", refused.json);
    let other = books.load("source=VNPAY", &good.replace("DEMOTMN1", "OTHERTMN")).await.expect(422);
    assert_eq!(other.text("/code"), "statement-of-another");
    let columns = books.load("source=BANK&account=1&columns=price%3DGi%C3%A1", "x").await.expect(400);
    assert_eq!(columns.text("/errors/0/pointer"), "columns");
    let days = books.load("source=VNPAY&from=2026-07-21", &good).await.expect(400);
    assert_eq!(days.text("/errors/0/pointer"), "until");
    let _ = books.load_as(&books.accountant, "source=VNPAY", &good, "application/pdf").await.expect(415);
    let large = format!("{HEADINGS}\n{}", "x".repeat(19 << 20));
    let _ = books.load("source=VNPAY", &large).await.expect(413);
    assert_eq!(count(&books.installation, "statements").await, 0);
    assert_eq!(count(&books.installation, "statement_lines").await, 0);
}

#[tokio::test]
async fn a_person_explains_a_difference_with_reason_and_proof() {
    let books = Books::open(Mood::Status("00")).await;
    let mut line = books.paid("H44.100").await;
    line.amount += 1_000;
    books.compared("source=VNPAY", &statement(&[line])).await;
    let difference = books.of_class("AMOUNT").await;
    assert_eq!(difference["there"]["amount"]["amount"], TOTAL + 1_000);
    assert_eq!((&difference["here"]["amount"]["amount"], &difference["bookable"]), (&json!(TOTAL), &json!(false)));
    let booked = json!({"resolution": "BOOKED", "reason": "Ngân hàng thu thừa.", "proof": "UNC 0042"});
    let refused = books.act(&books.accountant, &difference, "closing", &booked).await.expect(409);
    assert_eq!(refused.text("/code"), "difference-not-bookable");
    let short = json!({"resolution": "EXPLAINED", "reason": "Sai.", "proof": "UNC 0042"});
    let refused = books.act(&books.accountant, &difference, "closing", &short).await.expect(400);
    assert_eq!(refused.text("/errors/0/pointer"), "/reason");
    let explained = json!({"resolution": "EXPLAINED", "reason": "VNPAY đã đính chính.", "proof": "Công văn 12"});
    let closed = books.act(&books.accountant, &difference, "closing", &explained).await.expect(200);
    assert_eq!((closed.text("/state"), closed.text("/proof")), ("CLOSED", "Công văn 12"));
    let again = books.act(&books.accountant, &difference, "closing", &explained).await.expect(409);
    assert_eq!(again.text("/code"), "difference-state-does-not-allow");
    let again = books.act(&books.accountant, &difference, "owner", &json!({})).await.expect(409);
    assert_eq!(again.text("/code"), "difference-state-does-not-allow");
    for what in ["approval", "refusal"] {
        let nothing = books.act(&books.approver, &difference, what, &json!({})).await.expect(409);
        assert_eq!(nothing.text("/code"), "difference-state-does-not-allow");
    }
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn money_taken_twice_is_booked_when_a_second_official_agrees_and_is_owed_back() {
    let books = Books::open(Mood::Status("00")).await;
    let once = books.paid("H44.100").await;
    let twice = VnpayLine { number: "99000001".into(), ..books.right(&once) };
    books.compared("source=VNPAY", &statement(&[once, twice])).await;
    let difference = books.of_class("TWICE").await;
    let body = json!({"resolution": "BOOKED", "reason": "VNPAY thu hai lần.", "proof": "Sao kê 21/07"});
    let proposed = books.act(&books.accountant, &difference, "closing", &body).await.expect(200);
    assert_eq!(proposed.text("/state"), "PROPOSED");
    for what in ["approval", "refusal"] {
        let own = books.act(&books.accountant, &difference, what, &json!({})).await.expect(409);
        assert_eq!(own.text("/code"), "second-official-closes");
    }
    let refused = books.act(&books.approver, &difference, "refusal", &json!({})).await.expect(200);
    assert_eq!((refused.text("/state"), &refused.json["reason"]), ("OPEN", &Value::Null));
    books.act(&books.accountant, &difference, "closing", &body).await.expect(200);
    let closed = books.act(&books.approver, &difference, "approval", &json!({})).await.expect(200);
    assert_eq!(closed.text("/state"), "CLOSED");
    let owed = books.get(&format!("{AGENCY}/owed-back")).await.expect(200);
    assert_eq!(owed.json["items"][0]["refund_amount_available"]["amount"], TOTAL);
    assert_eq!(owed.text("/items/0/cause"), "PAID_AGAIN");
    let told = books.installation.sent::<PaymentNoticed>("payments").await;
    assert_eq!(told.iter().map(|it| it.notice).collect::<Vec<_>>(), [PaymentNotice::PaidTwice]);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_the_provider_does_not_confirm_waits_for_persons_who_may_have_it_booked() {
    let books = Books::open(Mood::Status("02")).await;
    let (first, second) = (books.begun("H44.100").await, books.begun("H44.100").await);
    let line = |(_, reference): &(String, String), number: &str| VnpayLine {
        reference: reference.clone(),
        number: number.into(),
        amount: TOTAL,
        at: "20260721101712",
        status: "00",
    };
    books.compared("source=VNPAY", &statement(&[line(&first, "99000001"), line(&second, "99000002")])).await;
    eventually(|| async { (books.differences("&state=OPEN").await.len() == 2).then_some(()) }).await;
    let open = books.differences("&state=OPEN").await;
    assert_eq!(classes(&open), ["MISSING_HERE", "MISSING_HERE"]);
    let body = json!({"resolution": "BOOKED", "reason": "VNPAY xác nhận bằng công văn.", "proof": "Công văn 12"});
    let of = |number: &str| open.iter().find(|it| it["there"]["number"] == number).unwrap();
    for number in ["99000001", "99000002"] {
        books.act(&books.accountant, of(number), "closing", &body).await.expect(200);
    }
    books.act(&books.approver, of("99000001"), "approval", &json!({})).await.expect(200);
    assert_eq!(states(&books.an, &first.0).await, ("PAID".to_owned(), vec!["SETTLED".to_owned()]));
    // The notice comes after all: there is nothing to book any more.
    assert_eq!(Notice::paid(&second.1).send(&books.installation).await, "00");
    let late = books.act(&books.approver, of("99000002"), "approval", &json!({})).await.expect(409);
    assert_eq!(late.text("/code"), "difference-not-bookable");
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_was_missing_there_is_healed_by_the_statement_that_has_it() {
    let books = Books::open(Mood::Status("00")).await;
    let (here, missing) = (books.paid("H44.100").await, books.paid("H44.100").await);
    books.compared("source=VNPAY", &statement(&[here])).await;
    assert_eq!(classes(&books.differences("").await), ["MISSING_THERE"]);
    let next = VnpayLine { at: "20260722080000", ..missing };
    books.compared("source=VNPAY", &statement(&[next])).await;
    assert_eq!(books.differences("").await.len(), 0);
    assert_eq!(classes(&books.differences("&state=HEALED").await), ["LATE", "MISSING_THERE"]);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn money_that_went_back_by_hand_is_found_on_the_banks_statement() {
    let books = Books::open(Mood::Status("00")).await;
    books.paid("H44.100").await;
    books.paid("H44.100").await;
    let owed = books.installation.sent::<civic::events::OrderMoved>("payments").await;
    let orders: std::collections::BTreeSet<_> = owed.iter().map(|it| it.order_id).collect();
    let cashier = &books.accountant;
    for (number, order) in (42..).zip(orders) {
        let view = books.an.call("payments", Method::GET, &format!("/api/v1/payment-orders/{order}")).send().await;
        let dong = |amount: i64| json!({"amount": amount, "currency": "VND"});
        let ask = json!({
            "attempt_id": view.text("/attempts/0/id"), "amount": dong(5_000), "refund_amount_available": dong(TOTAL),
            "cause": "EXEMPTED", "way": "BY_HAND", "reason": "Người nộp được miễn.",
        });
        let asked = books.post(cashier, &format!("{AGENCY}/refunds"), &ask).await.expect(201);
        let proof = json!({"proof": format!("UNC 00{number}/2026")});
        books.post(cashier, &format!("/api/v1/refunds/{}/proof", asked.text("/id")), &proof).await.expect(200);
    }
    let mt940 = ":20:SK\n:25:0123456789\n:28C:1/1\n:60F:C260720VND100000,\n\
        :61:2607210721D5000,NTRFNONREF//FT1\n:86:HOAN PHI UNC 0042/2026\n:61:2607210721C70000,NTRFNONREF//FT2\n:86:NOP TIEN\n\
        :62F:C260721VND165000,\n";
    books.compared("source=TREASURY", mt940).await;
    let waiting = books.differences("").await;
    // Money that nothing here explains, and the refund that the treasury does not show.
    assert_eq!(classes(&waiting), ["MISSING_HERE", "MISSING_THERE"]);
    assert!(waiting.iter().any(|it| it["here"]["number"] == "UNC 0043/2026"), "{waiting:#?}");
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn who_types_the_account_of_another_agency_takes_no_line_from_it() {
    let books = Books::open(Mood::Status("00")).await;
    let elsewhere = books.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let file = "Ngày giao dịch,Ghi có,Số chứng từ,Nội dung\n21/07/2026,70.000,FT2,Nop tien\n";
    let query = "file_name=a.csv&source=BANK&account=0123456789";
    let path = format!("/api/v1/agencies/H44.101/statements?{query}");
    let call = elsewhere.call("payments", Method::POST, &path).key(&Uuid::new_v4().to_string());
    let theirs = call.body(file.as_bytes().to_vec(), "text/csv").send().await.expect(201);
    assert_eq!(theirs.json["new_lines"], 1);
    let ours = books.compared("source=BANK&account=0123456789", file).await;
    assert_eq!(ours["new_lines"], 1);
    assert_eq!(classes(&books.differences("").await), ["MISSING_HERE"]);
}

#[tokio::test]
async fn only_the_agencys_own_officials_see_and_keep_its_books() {
    let books = Books::open(Mood::Status("00")).await;
    let mut line = books.paid("H44.100").await;
    line.amount += 1_000;
    let loaded = books.compared("source=VNPAY", &statement(&[line])).await;
    let elsewhere = books
        .installation
        .official(&[("H44.101", OfficialRole::Cashier), ("H44.101", OfficialRole::AgencyAdministrator)]);
    let difference = books.of_class("AMOUNT").await;
    let id = difference["id"].as_str().unwrap();
    let days = "from=2026-07-21&until=2026-07-21";
    let lists = ["statements", "differences", "days", "days/2026-07-21"].map(|path| format!("{AGENCY}/{path}"));
    let reports = ["figures", "transfers", "payers", "transfers.xlsx"].map(|path| format!("{AGENCY}/{path}?{days}"));
    let ones = [format!("/api/v1/statements/{}", loaded["id"].as_str().unwrap()), format!("/api/v1/differences/{id}")];
    for path in lists.iter().chain(&reports).chain(&ones) {
        let get = async |who: &TestCaller| who.call("payments", Method::GET, path).send().await;
        let _ = get(&elsewhere).await.expect(404);
        let _ = get(&books.an).await.expect(403);
        let _ = get(&books.installation.official(&[("H44.100", OfficialRole::Auditor)])).await.expect(200);
    }
    let file = statement(&[]);
    let query = "source=VNPAY&from=2026-07-21&until=2026-07-21";
    let _ = books.load_as(&elsewhere, query, &file, "text/csv").await.expect(404);
    let closing = json!({"resolution": "EXPLAINED", "reason": "VNPAY đã đính chính.", "proof": "Công văn 12"});
    let none = json!({});
    for (path, body) in [
        (format!("/api/v1/differences/{id}/owner"), &none),
        (format!("/api/v1/differences/{id}/closing"), &closing),
        (format!("/api/v1/differences/{id}/approval"), &none),
        (format!("/api/v1/differences/{id}/refusal"), &none),
        (format!("{AGENCY}/days/2026-07-20/signature"), &none),
    ] {
        let _ = books.post(&elsewhere, &path, body).await.expect(404);
        let _ = books.post(&books.an, &path, body).await.expect(403);
    }
    let auditor = books.installation.official(&[("H44.100", OfficialRole::Auditor)]);
    let _ = books.load_as(&auditor, query, &file, "text/csv").await.expect(403);
    books.installation.clock.advance(TimeDelta::days(3));
    assert_eq!(books.of_class("AMOUNT").await["age_days"], 3);
}
