//! MoMo, ZaloPay, the national platform and the bank, behaving well and not.

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use sandbox::Config;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Fixture, is_silent, merchant::Posted, until};

fn hmac(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// The signed request that has MoMo open a payment of 24,000 đồng.
fn momo(reference: &str, ipn: &str) -> Value {
    let line = format!(
        "accessKey=DEMOACCESSKEY&amount=24000&extraData=&ipnUrl={ipn}&orderId={reference}&orderInfo=Nop phi\
        &partnerCode=DEMOMOMO&redirectUrl=http://m/back&requestId={reference}&requestType=captureWallet"
    );
    json!({
        "partnerCode": "DEMOMOMO", "requestId": reference, "orderId": reference, "amount": 24_000, "orderInfo": "Nop phi",
        "redirectUrl": "http://m/back", "ipnUrl": ipn, "extraData": "", "requestType": "captureWallet",
        "signature": hmac("DEMOMOMOSECRET0123456789ABCDEFGH", &line),
    })
}

async fn answer(fixture: &Fixture, path: &str, body: &Value) -> Value {
    fixture.send(Method::POST, path, body).await.json().await.unwrap()
}

async fn choose(fixture: &Fixture, page: &str, choice: &str) -> String {
    let paid = fixture.http.post(page).form(&[("choice", choice)]).send().await.unwrap();
    assert_eq!(paid.status(), 302);
    paid.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn momo_opens_a_payment_once_and_tells_its_end_until_it_hears_204() {
    let fixture = Fixture::new().await;
    let merchant = Posted::answering(&[500, 204]);
    let asked = momo("r1", &merchant.url);
    let opened = answer(&fixture, "/momo/v2/gateway/api/create", &asked).await;
    assert_eq!(opened["resultCode"], 0, "{opened}");
    assert_eq!(answer(&fixture, "/momo/v2/gateway/api/create", &asked).await["payUrl"], opened["payUrl"]);
    let back = choose(&fixture, opened["payUrl"].as_str().unwrap(), "pay").await;
    assert!(back.starts_with("http://m/back?") && back.contains("resultCode=0"), "{back}");
    let told = merchant.until_taken(2).await;
    assert_eq!((&told[0]["amount"], &told[0]["resultCode"]), (&json!(24_000), &json!(0)));
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn what_is_not_signed_is_refused() {
    let fixture = Fixture::new().await;
    let mut asked = momo("r1", "http://127.0.0.1:1/");
    asked["amount"] = json!(1_000);
    assert_eq!(answer(&fixture, "/momo/v2/gateway/api/create", &asked).await["resultCode"], 11);
    let order = json!({"app_id": 2553, "app_trans_id": "260721_1", "mac": "00"});
    assert_eq!(answer(&fixture, "/zalopay/v2/query", &order).await["sub_return_code"], -402);
    let asked = json!({"LoaiBanTin": "QUERY", "MaDoiTac": "DEMODVC", "MaThamChieu": "1", "MaXacThuc": "00"});
    assert_eq!(answer(&fixture, "/national", &asked).await["MaLoi"], "97");
}

#[tokio::test]
async fn momo_misbehaves_as_told_and_the_payment_stays_true() {
    let fixture = Fixture::new().await;
    let merchant = Posted::answering(&[]);
    fixture
        .behave(json!({"momo": {"notice_copies": 3, "notice_amount_delta": -1000, "notice_merchant": "OTHER"}}))
        .await;
    let opened = answer(&fixture, "/momo/v2/gateway/api/create", &momo("r1", &merchant.url)).await;
    choose(&fixture, opened["payUrl"].as_str().unwrap(), "pay").await;
    let told = merchant.until_taken(3).await;
    assert_eq!((&told[0]["amount"], &told[0]["partnerCode"]), (&json!(23_000), &json!("OTHER")));
    assert_eq!(fixture.items("/momo/payments").await[0]["amount"], 24_000);
    fixture.behave(json!({"momo": {"api_answer": "timeout"}})).await;
    assert!(is_silent(answer(&fixture, "/momo/v2/gateway/api/create", &momo("r2", &merchant.url))).await);
    assert_eq!(fixture.items("/momo/payments").await[0]["reference"], "r2", "it is open all the same");
}

#[tokio::test]
async fn the_national_platform_answers_each_message_sealed_and_keeps_a_receipt() {
    let merchant = Posted::answering(&[]);
    let config = Config { national_confirm_url: Some(merchant.url.clone()), ..Config::on_free_ports() };
    let fixture = Fixture::with(config).await;
    let secret = "DEMONATIONALSECRET0123456789ABCD";
    let seal = |line: &str| hex::encode(Sha256::digest(format!("{line}|{secret}").as_bytes()));
    let init = json!({
        "LoaiBanTin": "INIT", "PhienBan": "1.0.6", "MaDoiTac": "DEMODVC", "MaThamChieu": "r1", "SoTien": "24000",
        "LoaiHinhThanhToan": "PAY", "MaKenhThanhToan": "1", "MaThietBi": "1", "NgonNgu": "vi-VN", "MaTienTe": "VND",
        "MaNganHang": "PAYMENT", "ThongTinGiaoDich": "Nop phi", "ThoiGianGD": "20260721101530", "Ip": "203.0.113.7",
        "MaXacThuc": seal("INIT|1.0.6|DEMODVC|r1|24000|PAY|1|1|vi-VN|VND|PAYMENT|Nop phi|20260721101530|203.0.113.7"),
        "ThongTinBienLai": {"DSKhoanNop": [{"NoiDung": "Phi", "SoTien": "24000"}]},
    });
    let opened = answer(&fixture, "/national", &init).await;
    let paid = fixture.http.post(opened["UrlThanhToan"].as_str().unwrap()).form(&[("choice", "pay")]).send().await;
    assert_eq!(paid.unwrap().status(), 200);
    assert_eq!(merchant.until_taken(1).await[0]["MaLoi"], "00");
    let question = |kind: &str| {
        json!({
            "LoaiBanTin": kind, "PhienBan": "1.0.6", "MaDoiTac": "DEMODVC", "MaThamChieu": "r1",
            "ThoiGianGD": "20260721101530", "MaXacThuc": seal(&format!("{kind}|1.0.6|DEMODVC|r1|20260721101530")),
        })
    };
    assert_eq!(answer(&fixture, "/national", &question("QUERY")).await["SoTien"], "24000");
    let bill = answer(&fixture, "/national", &question("GET_BILL")).await;
    assert!(bill["UrlBienLai"].as_str().unwrap().contains("/national/receipts/"), "{bill}");
}

#[tokio::test]
async fn the_bank_reads_a_code_and_tells_what_came() {
    let merchant = Posted::answering(&[]);
    let config = Config { bank_notice_url: Some(merchant.url.clone()), ..Config::on_free_ports() };
    let fixture = Fixture::with(config).await;
    let code = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA5303704540575000\
        5802VN62230819H44.100-260721-00016304A0A0";
    let refused = fixture.send(Method::POST, "/bank/transfers", &json!({"qr": code.replace("75000", "1")})).await;
    assert_eq!(refused.status(), 400);
    fixture.behave(json!({"bank": {"notice_repeats": 1}})).await;
    let made = fixture.send(Method::POST, "/bank/transfers", &json!({"qr": code})).await;
    assert_eq!(made.status(), 201);
    let told = merchant.until_taken(2).await;
    let notice = &told[0];
    assert_eq!(told[0], told[1]);
    let text = |name: &str| notice[name].as_str().unwrap().to_owned();
    let line =
        format!("{}|970415|113366668888|75000|VND|{}|H44.100-260721-0001", text("transaction_id"), text("booked_at"));
    assert_eq!(text("signature"), hmac("DEMOBANKSECRET0123456789ABCDEFGH", &line));
    let answers = until(async || {
        let answers = fixture.items("/bank/transfers").await[0]["answers"].as_array().unwrap().len();
        Some(answers).filter(|answers| *answers == 2)
    });
    answers.await;
}
