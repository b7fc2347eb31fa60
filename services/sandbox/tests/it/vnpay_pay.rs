//! VNPAY's payment page and the way back to the merchant.

use crate::support::{
    Fixture,
    merchant::{Form, encode, order, sign, signed, verified, wire_time},
};

async fn page(fixture: &Fixture, form: &Form) -> (u16, String) {
    let answer = fixture.get(&format!("/paymentv2/vpcpay.html?{}", encode(form))).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The error code named on the page for an order changed like this and signed anew.
async fn code_for(fixture: &Fixture, field: &str, value: &str) -> String {
    let mut form = order("CODES1");
    form.insert(field.to_owned(), value.to_owned());
    form.retain(|_, value| !value.is_empty());
    let (status, html) = page(fixture, &signed(form)).await;
    assert_eq!(status, 400, "{field}={value}");
    let code = html.split("<strong>").nth(1).unwrap();
    code.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_page_shows_the_order_in_the_language_asked_for_and_needs_nothing_else() {
    let fixture = Fixture::new().await;
    let mut form = order("PAGE1");
    let (status, html) = page(&fixture, &signed(form.clone())).await;
    assert_eq!(status, 200);
    for shown in ["lang=\"vi\"", "75.000 ₫", "DEMOTMN1", "cap GCN (lan 1)", "Hủy giao dịch"] {
        assert!(html.contains(shown), "{shown}");
    }
    for foreign in ["<script", "src=", "http-equiv", "<link"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    form.insert("vnp_Locale".to_owned(), "en".to_owned());
    let (_, html) = page(&fixture, &signed(form)).await;
    assert!(html.contains("lang=\"en\"") && html.contains(">Cancel<"));
}

#[tokio::test]
async fn a_wrong_signature_and_an_altered_amount_are_refused_on_the_page_and_in_the_form() {
    let fixture = Fixture::new().await;
    let mut forged = signed(order("FORGED1"));
    forged.insert("vnp_SecureHash".to_owned(), sign("something else"));
    let mut altered = signed(order("FORGED1"));
    altered.insert("vnp_Amount".to_owned(), "100".to_owned());
    for form in [forged, altered] {
        let (status, html) = page(&fixture, &form).await;
        assert!(status == 400 && html.contains("<strong>70</strong>"), "{html}");
        assert_eq!(fixture.choose(&form, "pay").await.status(), 400);
    }
    assert!(fixture.items("/payments").await.is_empty());
}

#[tokio::test]
async fn a_faulty_order_is_refused_with_its_code() {
    let fixture = Fixture::new().await;
    assert_eq!(code_for(&fixture, "vnp_TmnCode", "NOBODY01").await, "72");
    assert_eq!(code_for(&fixture, "vnp_CreateDate", &wire_time(30)).await, "03", "it would end before it begins");
    for (field, value) in [
        ("vnp_Version", "2.0.0"),
        ("vnp_Command", "refund"),
        ("vnp_Amount", "0"),
        ("vnp_Amount", "-100"),
        ("vnp_Amount", "75000.5"),
        ("vnp_Amount", ""),
        ("vnp_CurrCode", "USD"),
        ("vnp_Locale", "fr"),
        ("vnp_IpAddr", "somewhere"),
        ("vnp_OrderInfo", "Nộp phí"),
        ("vnp_ReturnUrl", "javascript:alert(1)"),
        ("vnp_TxnRef", ""),
        ("vnp_CreateDate", "2026"),
        ("vnp_ExpireDate", ""),
    ] {
        assert_eq!(code_for(&fixture, field, value).await, "03", "{field}={value}");
    }
}

#[tokio::test]
async fn an_expired_order_is_refused() {
    let fixture = Fixture::new().await;
    let mut form = order("LATE1");
    form.insert("vnp_CreateDate".to_owned(), wire_time(-30));
    form.insert("vnp_ExpireDate".to_owned(), wire_time(-15));
    let (_, html) = page(&fixture, &signed(form)).await;
    assert!(html.contains("<strong>15</strong>"), "{html}");
}

#[tokio::test]
async fn paying_leads_back_to_the_merchant_with_a_signed_result() {
    let fixture = Fixture::new().await;
    let order = signed(order("PAID1"));
    let answer = fixture.choose(&order, "pay").await;
    assert_eq!(answer.status(), 302);
    let location = answer.headers()["location"].to_str().unwrap();
    assert!(location.starts_with("http://localhost/payment/return?x=1&vnp_Amount=7500000&"), "{location}");
    let result = verified(location);
    assert_eq!(result["vnp_ResponseCode"], "00");
    assert_eq!(result["vnp_TransactionStatus"], "00");
    assert_eq!(result["vnp_BankCode"], "NCB");
    assert_eq!(result["vnp_OrderInfo"], order["vnp_OrderInfo"]);
    assert_eq!(result["vnp_BankTranNo"], format!("VNP{}", result["vnp_TransactionNo"]));
    let recorded = fixture.payment("PAID1").await;
    assert_eq!(recorded["transaction_no"].to_string(), result["vnp_TransactionNo"]);
}

#[tokio::test]
async fn a_payment_given_up_or_without_money_says_so() {
    let fixture = Fixture::new().await;
    for (choice, code) in [("cancel", "24"), ("insufficient_balance", "51")] {
        let (_, result) = fixture.pay(&format!("NOT{code}"), choice).await;
        assert_eq!((result["vnp_ResponseCode"].as_str(), result["vnp_TransactionStatus"].as_str()), (code, "02"));
        assert!(!result.contains_key("vnp_BankTranNo"));
    }
}

#[tokio::test]
async fn an_unknown_choice_takes_no_money() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.choose(&signed(order("CHOICE1")), "steal").await.status(), 400);
    assert!(fixture.items("/payments").await.is_empty());
}

#[tokio::test]
async fn the_same_form_sent_twice_takes_money_once_and_leads_to_one_result() {
    let fixture = Fixture::new().await;
    let form = signed(order("TWICE1"));
    let first = fixture.choose(&form, "pay").await;
    let second = fixture.choose(&form, "cancel").await;
    assert_eq!(first.headers()["location"], second.headers()["location"]);
    assert_eq!(fixture.payment("TWICE1").await["response_code"], "00");
    let (_, html) = page(&fixture, &form).await;
    assert!(html.contains("<strong>01</strong>"), "{html}");
}

#[tokio::test]
async fn a_reference_is_not_used_for_another_order_on_the_same_day() {
    let fixture = Fixture::new().await;
    let (mut other, _) = fixture.pay("REUSED1", "pay").await;
    other.remove("vnp_SecureHash");
    other.insert("vnp_Amount".to_owned(), "100".to_owned());
    let answer = fixture.choose(&signed(other), "pay").await;
    assert!(answer.text().await.unwrap().contains("<strong>01</strong>"));
}
