//! Transfers to the agency's account stand on its bank's statement, whether the bank told of them or not.

use civic::OfficialRole;
use testkit::{Installation, Method, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{owed, states},
    statements::{AGENCY, Books},
    wallets::{BANK_SECRET, Word, contracts, credit, post},
};

const CODE: &str = "H44.100-260721-0001";
const OURS: &str = "source=BANK&account=113366668888";

async fn books() -> Books {
    let flags = contracts("http://127.0.0.1:1");
    let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let at = |role| installation.official(&[("H44.100", role)]);
    let (accountant, approver) = (at(OfficialRole::Cashier), at(OfficialRole::Approver));
    Books { an, accountant, approver, installation }
}

fn file(lines: &[(&str, &str, &str)]) -> String {
    let lines = lines.iter().map(|(amount, number, text)| format!("21/07/2026,{amount},{number},{text}\n"));
    format!("Ngày giao dịch,Ghi có,Số chứng từ,Nội dung\n{}", lines.collect::<String>())
}

async fn healed(books: &Books) {
    let healed = "differences where class = 'MISSING_HERE' and state = 'HEALED'";
    eventually(async || (count(&books.installation, healed).await == 1).then_some(())).await;
}

#[tokio::test]
async fn money_that_the_bank_did_not_tell_of_pays_once_by_its_line_on_the_statement() {
    let books = books().await;
    let order = owed(&books.installation, &books.an).await;
    books.compared(OURS, &file(&[("24.000", "808", "MBVCB H44.100-260721-0001 nop phi")])).await;
    healed(&books).await;
    assert_eq!(states(&books.an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    // The bank tells it after all, and the line stands on the next statement too: it is the same money.
    let late = credit(&Word::paid("", CODE, 808), BANK_SECRET);
    assert_eq!(post(&books.installation, "vietqr", &late).await.status, 200);
    books.compared(OURS, &file(&[("24.000", "808", "MBVCB H44.100-260721-0001 nop phi"), ("1.000", "1", "lai")])).await;
    assert_eq!(count(&books.installation, "transfers").await, 1);
    assert_eq!(count(&books.installation, "differences where class = 'MISSING_THERE'").await, 0);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_the_bank_told_agrees_with_its_statement_and_is_missed_on_that_of_no_other_account() {
    let books = books().await;
    let order = owed(&books.installation, &books.an).await;
    let told = credit(&Word::paid("", CODE, 808), BANK_SECRET);
    assert_eq!(post(&books.installation, "vietqr", &told).await.status, 200);
    assert_eq!(states(&books.an, &order).await.0, "PAID");
    books.compared("source=BANK&account=0123456789", &file(&[("1.000", "1", "lai")])).await;
    assert_eq!(count(&books.installation, "differences where class = 'MISSING_THERE'").await, 0);
    books.compared(OURS, &file(&[("24.000", "808", "MBVCB H44.100-260721-0001 nop phi")])).await;
    assert_eq!(count(&books.installation, "statement_lines where outcome = 'AGREES'").await, 1);
    let next = credit(&Word::paid("", CODE, 909), BANK_SECRET);
    assert_eq!(post(&books.installation, "vietqr", &next).await.status, 200);
    books.compared(OURS, &file(&[("2.000", "2", "lai")])).await;
    assert_eq!(count(&books.installation, "differences where class = 'MISSING_THERE'").await, 1);
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn a_statement_that_another_agency_loads_under_the_accounts_number_pays_nothing() {
    let books = books().await;
    let order = owed(&books.installation, &books.an).await;
    let elsewhere = books.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let path = format!("{}/statements?file_name=a.csv&{OURS}", AGENCY.replace("H44.100", "H44.101"));
    let call = elsewhere.call("payments", Method::POST, &path).key(&Uuid::new_v4().to_string());
    let body = file(&[("24.000", "808", "MBVCB H44.100-260721-0001 nop phi")]).into_bytes();
    let loaded = call.body(body, "text/csv").send().await.expect(201);
    let path = format!("/api/v1/statements/{}", loaded.text("/id"));
    let compared = async || {
        let now = elsewhere.call("payments", Method::GET, &path).send().await.expect(200);
        (now.text("/state") == "COMPARED").then_some(())
    };
    eventually(compared).await;
    assert_eq!(count(&books.installation, "differences where class = 'MISSING_HERE' and state = 'OPEN'").await, 1);
    assert_eq!(states(&books.an, &order).await, ("DUE".into(), vec![]));
    assert_sound(&books.installation).await;
}
