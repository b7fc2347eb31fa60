//! Who may do what: every operation of `access_table.rs` against every kind of caller.

use std::collections::BTreeSet;

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Call, Method, TestCaller, eventually};
use uuid::Uuid;

use crate::{
    access_table::{
        Access::{
            self, AccountHolder, Agency, Anyone, Applicants, Asked, AskedAndAgency, Owner, OwnerAndAgency, Person,
            Province, SignedIn,
        },
        DOSSIERS, PAYMENTS, ROLES, TABLE,
    },
    fixture::{CONTRACT, Fixture, PDF, civil_status_copy, get, post, submit},
    walk::pay,
};

/// The headings of VNPAY's statement.
const STATEMENT: &str =
    "vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus\n";

/// The eight kinds of callers, by the capacity in which they act. One citizen and one organisation own what is asked for.
struct Callers {
    nobody: TestCaller,
    citizen: TestCaller,
    other_citizen: TestCaller,
    client: TestCaller,
    other_client: TestCaller,
    /// A member of the first client's organisation, acting for it.
    member: TestCaller,
    official_here: TestCaller,
    official_elsewhere: TestCaller,
}

/// What one owner has: a finished dossier with a paper, a result and another agency's opinion, and one with a fee, of which something goes
/// back.
struct Belongings {
    dossier: String,
    document: String,
    result: String,
    order: String,
    /// Two more of his fees, as they are paid in one go.
    joint: String,
    /// What came with the opinion.
    file: String,
    refund: String,
    /// What she was freed from of another fee.
    waiver: String,
    /// Money at the bank.
    credit: String,
    /// By which somebody else pays.
    link: String,
    /// A cashier's shift, what was taken in it, and its receipt.
    shift: String,
    taking: String,
    receipt: String,
    /// A statement that the agency loaded, and how it differs from the books.
    statement: String,
    difference: String,
    /// A phrase of the agency.
    phrase: String,
    /// A manifest with a parcel on it.
    manifest: String,
    parcel: String,
    /// A draft of its result.
    shown: String,
    /// What was given up in each service, under one id, and what a provider told that nobody has looked at.
    given_up: String,
    callback: String,
}

impl Belongings {
    /// Things that nobody has.
    fn of_nobody() -> Self {
        let [
            dossier,
            document,
            result,
            order,
            joint,
            file,
            refund,
            waiver,
            credit,
            link,
            shift,
            taking,
            receipt,
            statement,
            difference,
            phrase,
            manifest,
            parcel,
            shown,
            given_up,
            callback,
        ] = [(); 21].map(|()| Uuid::now_v7().to_string());
        Self {
            dossier,
            document,
            result,
            order,
            joint,
            file,
            refund,
            waiver,
            credit,
            link,
            shift,
            taking,
            receipt,
            statement,
            difference,
            phrase,
            manifest,
            parcel,
            shown,
            given_up,
            callback,
        }
    }
}

/// What a caller gets.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// Let in: whatever the operation then says.
    In,
    /// Turned away with this status.
    Out(u16),
}

impl Outcome {
    fn of(status: u16) -> Self {
        match status {
            401 | 403 | 404 => Self::Out(status),
            _ => Self::In,
        }
    }
}

impl Callers {
    fn of(fixture: &Fixture) -> Self {
        let installation = &fixture.installation;
        let everything = |agency| OfficialRole::ALL.iter().map(|role| (agency, *role)).collect::<Vec<_>>();
        let client = installation.client();
        Self {
            nobody: installation.nobody(),
            citizen: installation.citizen("An"),
            other_citizen: installation.citizen("Bình"),
            member: installation.member("Chi", client.party().id),
            client,
            other_client: installation.client(),
            official_here: installation.official(&everything("H44.100")),
            official_elsewhere: installation.official(&everything("H44.101")),
        }
    }

    /// Every caller, with what the operation owes him when `owner` owns the thing.
    fn expectations(&self, access: Access, owner: &TestCaller) -> Vec<(&'static str, &TestCaller, Outcome)> {
        let applicant = |caller: &TestCaller| match access {
            Applicants | SignedIn => Outcome::In,
            AccountHolder | Person => Outcome::Out(401),
            Owner | OwnerAndAgency if caller.party() == owner.party() => Outcome::In,
            Owner | OwnerAndAgency => Outcome::Out(404),
            Agency | Asked | AskedAndAgency | Province | Anyone => Outcome::Out(403),
        };
        let program = |caller: &TestCaller| match access {
            Person => Outcome::Out(403),
            _ => applicant(caller),
        };
        let official = |here: bool| match access {
            SignedIn => Outcome::In,
            AccountHolder | Person => Outcome::Out(401),
            Agency | OwnerAndAgency if here => Outcome::In,
            Asked if !here => Outcome::In,
            AskedAndAgency => Outcome::In,
            Agency | Asked | OwnerAndAgency => Outcome::Out(404),
            // Those of this test are at communes.
            Applicants | Owner | Province | Anyone => Outcome::Out(403),
        };
        vec![
            ("nobody", &self.nobody, Outcome::Out(401)),
            ("citizen", &self.citizen, applicant(&self.citizen)),
            ("another citizen", &self.other_citizen, applicant(&self.other_citizen)),
            ("API client", &self.client, program(&self.client)),
            ("another organisation's client", &self.other_client, program(&self.other_client)),
            ("the organisation's member", &self.member, applicant(&self.member)),
            ("official here", &self.official_here, official(true)),
            ("official elsewhere", &self.official_elsewhere, official(false)),
        ]
    }
}

/// Has the official elsewhere give an opinion on a dossier that the one here has received; gives the document that comes with it.
async fn opinion(callers: &Callers, dossier: &str) -> String {
    let path = format!("/api/v1/dossiers/{dossier}/consultations");
    let question = CONTRACT.example("consult_agency");
    // That there is such an agency is heard as an event.
    let asked = || async {
        let asked = post(&callers.official_here, &path, &question).await;
        (asked.status == 200).then_some(())
    };
    eventually(asked).await;
    let there = &callers.official_elsewhere;
    let document = there.call("gateway", Method::POST, &format!("{path}/1/documents?file_name=a.pdf")).key(dossier);
    let document = document.body(PDF, "application/pdf").send().await.expect(201);
    post(there, &format!("{path}/1/answer"), &CONTRACT.example("answer_consultation")).await.expect(200);
    document.text("/id").to_owned()
}

async fn belongings(fixture: &Fixture, owner: &TestCaller, callers: &Callers) -> Belongings {
    let official = &callers.official_here;
    // The published versions of this procedure ask for no drafts of results.
    let ask =
        "update procedure_versions set content = jsonb_set(content, '{draft_days}', '1') where procedure = '1.001193'";
    fixture.installation.database("submissions").await.batch_execute(ask).await.expect("versions");
    let (dossier, _) = fixture.file_birth_registration(owner, "H44.100").await;
    let view = get(owner, &format!("/api/v1/dossiers/{dossier}")).await.expect(200);
    let document = view.text("/documents/0/id").to_owned();
    post(official, &format!("/api/v1/dossiers/{dossier}/receipt"), &json!({})).await.expect(200);
    let file = opinion(callers, &dossier).await;
    let path = format!("/api/v1/dossiers/{dossier}/drafts?file_name=du-thao.pdf");
    let draft_key = Uuid::new_v4().to_string();
    let shown = official.call("gateway", Method::POST, &path).key(&draft_key).body(PDF, "application/pdf").send().await;
    let shown = shown.expect(201).text("/id").to_owned();
    let confirmed = json!({"answer": "CONFIRMED"});
    post(owner, &format!("/api/v1/dossiers/{dossier}/draft-answer"), &confirmed).await.expect(200);
    let path = format!("/api/v1/dossiers/{dossier}/results?file_name=ket-qua.pdf");
    let result = official.call("gateway", Method::POST, &path).key(&dossier).body(PDF, "application/pdf").send().await;
    let way = owner.call("gateway", Method::PUT, &format!("/api/v1/dossiers/{dossier}/return-way"));
    way.json(&CONTRACT.example("choose_return_way")).send().await.expect(200);
    post(official, &format!("/api/v1/dossiers/{dossier}/completion"), &json!({})).await.expect(200);
    let draft = fixture.draft(owner, "2.000635", "H44.100", &civil_status_copy()).await;
    let filed = submit(owner, &draft).await.expect(201);
    let order = filed.json.pointer("/fee/order_id").and_then(Value::as_str).expect("a fee").to_owned();
    let path = format!("/api/v1/payment-orders/{order}");
    eventually(|| async { (get(owner, &path).await.status == 200).then_some(()) }).await;
    let link = post(owner, &format!("{path}/links"), &CONTRACT.example("make_pay_link")).await.expect(201);
    pay(fixture, owner, &order).await;
    let mut seen = CONTRACT.example("note_bank_credit");
    seen["code"] = filed.json["code"].clone();
    seen["transaction_id"] = format!("FT {order}").into();
    let credit =
        post(official, "/api/v1/agencies/H44.100/bank-credits", &seen).await.expect(201).text("/id").to_owned();
    let attempt = get(owner, &path).await.expect(200).text("/attempts/0/id").to_owned();
    let (given_up, callback) = (fixture.give_up().await, fixture.tell_another_amount(&attempt).await);
    let mut refund = CONTRACT.example("ask_refund");
    refund["attempt_id"] = attempt.into();
    refund["way"] = "BY_HAND".into();
    let refund = post(official, "/api/v1/agencies/H44.100/refunds", &refund).await.expect(201).text("/id").to_owned();
    let waiver = waived(fixture, owner, official).await;
    let [shift, taking, receipt] = taken(fixture, owner, official).await;
    let phrase = post(official, "/api/v1/agencies/H44.100/phrases", &CONTRACT.example("add_phrase")).await.expect(201);
    let (result, phrase) = (result.expect(201).text("/id").to_owned(), phrase.text("/id").to_owned());
    let link = link.text("/id").to_owned();
    let (statement, difference) = books(official).await;
    let joint = joint(fixture, owner).await;
    let [manifest, parcel] = listed(official, &dossier).await;
    Belongings {
        dossier,
        document,
        result,
        order,
        joint,
        file,
        refund,
        waiver,
        credit,
        link,
        shift,
        taking,
        receipt,
        statement,
        difference,
        phrase,
        manifest,
        parcel,
        shown,
        given_up,
        callback,
    }
}

/// Puts the dossier's result on a manifest; gives that and the parcel.
async fn listed(official: &TestCaller, dossier: &str) -> [String; 2] {
    let made = post(official, "/api/v1/agencies/H44.100/manifests", &json!({"parcels": [{"dossier": dossier}]})).await;
    let made = made.expect(201);
    [made.text("/id").to_owned(), made.text("/parcels/0/id").to_owned()]
}

/// Two more fees of the owner's, as they begin to be paid in one go.
async fn joint(fixture: &Fixture, owner: &TestCaller) -> String {
    let mut wish = CONTRACT.example("start_joint_payment");
    for place in 0..2 {
        let draft = fixture.draft(owner, "2.000635", "H44.100", &civil_status_copy()).await;
        let order = submit(owner, &draft).await.expect(201).text("/fee/order_id").to_owned();
        let path = format!("/api/v1/payment-orders/{order}");
        eventually(|| async { (get(owner, &path).await.status == 200).then_some(()) }).await;
        wish["orders"][place] = order.into();
    }
    post(owner, "/api/v1/joint-payments", &wish).await.expect(201).text("/joint_payment_id").to_owned()
}

/// A statement with a line that nobody knows, and the difference that it is.
async fn books(official: &TestCaller) -> (String, String) {
    let path = "/api/v1/agencies/H44.100/statements?source=VNPAY&file_name=a.csv";
    let file = format!("{STATEMENT}DEMOTMN1,{0},{0},100,20260721101712,01,00\n", Uuid::new_v4().simple());
    let call = official.call("gateway", Method::POST, path).key(&Uuid::new_v4().to_string());
    let loaded = call.body(file.into_bytes(), "text/csv").send().await.expect(201);
    let found = eventually(|| async {
        let waiting = get(official, "/api/v1/agencies/H44.100/differences?page_size=100").await.expect(200);
        let mut items = waiting.json["items"].as_array().into_iter().flatten();
        let own = items.find(|it| it["statement_id"] == loaded.json["id"])?;
        own["id"].as_str().map(str::to_owned)
    });
    (loaded.text("/id").to_owned(), found.await)
}

/// Another fee that the owner owes.
async fn due(fixture: &Fixture, owner: &TestCaller) -> String {
    let draft = fixture.draft(owner, "2.000635", "H44.100", &civil_status_copy()).await;
    let order = submit(owner, &draft).await.expect(201).text("/fee/order_id").to_owned();
    eventually(|| async { (get(owner, &format!("/api/v1/payment-orders/{order}")).await.status == 200).then_some(()) })
        .await;
    order
}

/// Has the official free the owner from another fee; gives the waiver.
async fn waived(fixture: &Fixture, owner: &TestCaller, official: &TestCaller) -> String {
    let mut waiver = CONTRACT.example("ask_waiver");
    waiver["order_id"] = due(fixture, owner).await.into();
    post(official, "/api/v1/agencies/H44.100/waivers", &waiver).await.expect(201).text("/id").to_owned()
}

/// Has the official take another fee of the owner's at the counter; gives the shift, the taking and the receipt.
async fn taken(fixture: &Fixture, owner: &TestCaller, official: &TestCaller) -> [String; 3] {
    let order = due(fixture, owner).await;
    let shifts = "/api/v1/agencies/H44.100/shifts";
    let shift = match post(official, shifts, &CONTRACT.example("open_shift")).await {
        // For the owner before; of the same instant may be one that was closed.
        open if open.status == 409 => {
            let all = get(official, shifts).await.expect(200);
            let mut all = all.json["items"].as_array().into_iter().flatten();
            let open = all.find(|shift| shift["closed_at"].is_null()).expect("a shift is open");
            open["id"].as_str().expect("an id").to_owned()
        }
        open => open.expect(201).text("/id").to_owned(),
    };
    let mut handed = CONTRACT.example("take_payment");
    handed["order_id"] = order.into();
    let taking = post(official, &format!("/api/v1/shifts/{shift}/takings"), &handed).await.expect(201);
    [shift, taking.text("/id").to_owned(), taking.text("/receipts/0/id").to_owned()]
}

/// The path with the owner's things in its places.
fn path(template: &str, own: &Belongings) -> String {
    let id = match template.split('/').nth(3) {
        Some("dossiers") => own.dossier.as_str(),
        Some("payment-orders") => own.order.as_str(),
        Some("joint-payments") => own.joint.as_str(),
        Some("refunds") => own.refund.as_str(),
        Some("waivers") => own.waiver.as_str(),
        Some("bank-credits") => own.credit.as_str(),
        Some("shifts") => own.shift.as_str(),
        Some("takings") => own.taking.as_str(),
        Some("receipts") => own.receipt.as_str(),
        Some("statements") => own.statement.as_str(),
        Some("differences") => own.difference.as_str(),
        _ if template.contains("manifests") => own.manifest.as_str(),
        _ if template.contains("parcels") => own.parcel.as_str(),
        _ if template.contains("given-up") => own.given_up.as_str(),
        _ if template.contains("payment-callbacks") => own.callback.as_str(),
        _ => "00000000-0000-7000-8000-000000000000",
    };
    let code = if template.contains("procedures") { "1.001193" } else { "H44.100" };
    let path = template.replace("{id}", id).replace("{code}", code).replace("{agency}", "H44.100");
    let path = path.replace("{phrase_id}", &own.phrase).replace("{link}", &own.link);
    path.replace("{document_id}", &own.document)
        .replace("{result_id}", &own.result)
        .replace("{draft_id}", &own.shown)
        .replace("{day}", "2026-07-20")
        .replace("{version}", "1")
        .replace("{number}", "1")
        .replace("{file_id}", &own.file)
        .replace("{form}", "01")
        .replace("{part}", "1")
}

/// A request that is complete, so that only the caller decides whether it is let in.
fn request(by: &TestCaller, operation: &str, method: &str, path: &str) -> Call {
    let query = match operation {
        "add_document" | "add_scan" => "?component=GIAY_CHUNG_SINH&file_name=a.pdf",
        "add_result" | "send_draft" | "add_consultation_document" => "?file_name=a.pdf",
        "decline_dossier" => "?file_name=a.pdf&reason=Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n.",
        "load_statement" => "?source=VNPAY&file_name=a.csv&from=2026-07-21&until=2026-07-21",
        "find_payment_orders" => "?q=H44.100-260721-0001",
        "get_register" | "print_register" | "report_figures" | "list_transfers" | "list_payers"
        | "export_transfers" => "?from=2026-01-01&until=2026-12-31",
        _ => "",
    };
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    // This one reads a client's own credentials where others read a token.
    let by = if operation == "issue_client_token" { &by.with_token(None) } else { by };
    let call = by.call("gateway", method.clone(), &format!("{path}{query}"));
    let call = call.key(&Uuid::new_v4().to_string()).header("if-match", "\"1\"");
    match operation {
        "add_document" | "add_scan" | "add_result" | "send_draft" | "add_consultation_document" | "decline_dossier" => {
            call.body(PDF, "application/pdf")
        }
        "load_statement" => call.body(STATEMENT, "text/csv"),
        "issue_client_token" => call.form(&CONTRACT.example(operation)),
        _ if matches!(method, Method::POST | Method::PUT) => call.json(&CONTRACT.example(operation)),
        _ => call,
    }
}

async fn ask(by: &TestCaller, operation: &str, method: &str, path: &str) -> u16 {
    request(by, operation, method, path).send().await.status
}

#[test]
fn the_table_names_every_operation_of_the_document_and_no_other() {
    let mut table: Vec<_> = TABLE.iter().map(|(operation, ..)| (*operation).to_owned()).collect();
    table.sort();
    let operations: Vec<_> = CONTRACT.operations().into_keys().collect();
    assert_eq!(table, operations);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_lets_in_whom_it_should_and_nobody_else() {
    let fixture = Fixture::open_for_any_caller().await;
    let callers = Callers::of(&fixture);
    let (mut wrong, mut forbidden) = (Vec::new(), BTreeSet::new());
    for owner in [&callers.citizen, &callers.client] {
        let own = belongings(&fixture, owner, &callers).await;
        for (operation, (method, template)) in CONTRACT.operations() {
            let (_, access, _) = TABLE.iter().find(|(name, ..)| *name == operation).expect("a row for every operation");
            let path = path(&template, &own);
            let for_nobody = ask(&callers.nobody, &operation, &method, &path).await;
            for (name, caller, expected) in callers.expectations(*access, owner) {
                let status = ask(caller, &operation, &method, &path).await;
                if status == 403 {
                    forbidden.insert(operation.clone());
                }
                let right = match access {
                    Anyone => status == for_nobody && status != 403,
                    _ => Outcome::of(status) == expected,
                };
                if !right {
                    wrong.push(format!("{operation} ({access:?}) answered {status} to {name}; expected {expected:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Signing out is forbidden to whoever has no session, which everybody here has.
    forbidden.insert("sign_out".into());
    // Reading an order is to officials who have nothing to do with money, which everybody here has.
    forbidden.insert("read_payment_order".into());
    let documented = CONTRACT.failures().into_iter().filter(|failure| failure.code == "forbidden");
    assert_eq!(forbidden, documented.map(|failure| failure.operation).collect());
}

/// What officials of an agency do, and nobody else.
fn of_officials() -> Vec<&'static str> {
    let officials = TABLE.iter().filter(|(_, access, _)| matches!(access, Agency | Asked | AskedAndAgency | Province));
    officials.map(|(operation, ..)| *operation).collect()
}

#[test]
fn each_operation_of_officials_stands_once_in_the_table_of_roles_and_no_other() {
    let mut operations = of_officials();
    operations.sort_unstable();
    let mut named: Vec<_> = ROLES.iter().flat_map(|(_, operations)| *operations).copied().collect();
    named.sort_unstable();
    assert_eq!(named, operations);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_lets_in_the_roles_that_it_should_and_no_other() {
    let fixture = Fixture::open_for_any_caller().await;
    let (operations, nobodys) = (CONTRACT.operations(), Belongings::of_nobody());
    let mut wrong = Vec::new();
    for role in OfficialRole::ALL {
        let [here, above] = ["H44.100", "H44"].map(|agency| fixture.installation.official(&[(agency, *role)]));
        for operation in of_officials() {
            let is_provinces = TABLE.iter().any(|(name, access, _)| *name == operation && *access == Province);
            let official = if is_provinces { &above } else { &here };
            let (method, template) = &operations[operation];
            let status = ask(official, operation, method, &path(template, &nobodys)).await;
            let may = ROLES.iter().any(|(roles, named)| roles.contains(role) && named.contains(&operation));
            if (status != 403) != may {
                wrong.push(format!("{operation} answered {status} to {role}, who may: {may}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_does_with_a_scope_what_needs_that_scope_and_no_more() {
    let fixture = Fixture::open().await;
    for granted in [DOSSIERS, PAYMENTS] {
        let program = fixture.program(granted).await;
        for (operation, (method, template)) in CONTRACT.operations() {
            let (_, access, needed) =
                TABLE.iter().find(|(name, ..)| *name == operation).expect("a row for every operation");
            // Whoever has no token needs no scope, and what is told of this program would end its token.
            if *access == Anyone {
                continue;
            }
            let path = path(&template, &Belongings::of_nobody());
            let answer = request(&program, &operation, &method, &path).send().await;
            let is_refused = answer.json["code"] == "insufficient-scope";
            assert_eq!(is_refused, !["", granted].contains(needed), "{operation} with {granted}: {}", answer.status);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_reads_the_account_signed_in_with() {
    let fixture = Fixture::open().await;
    let callers = [
        ("CITIZEN", fixture.sign_in("an@example.vn").await),
        ("OFFICIAL", fixture.sign_in("tiepnhan@h44-100.example.vn").await),
        ("CLIENT", fixture.sign_in_client().await),
    ];
    for (kind, caller) in callers {
        assert_eq!(get(&caller, "/api/v1/accounts/me").await.expect(200).text("/kind"), kind);
    }
}
