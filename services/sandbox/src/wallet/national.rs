//! The national payment platform as it speaks: INIT, QUERY, GET_BILL at one address, and the confirmation.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::{
    behaviour::WalletBehaviour,
    payment::{Choice, Payment},
    state::{Protocol, State},
};
use crate::{loose_json::LooseObject, seal, vnpay::dates};

/// The platform.
pub(crate) struct National;

const SIGNED_INIT: [&str; 14] = [
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
];
const SIGNED_QUESTION: [&str; 5] = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"];
const SIGNED_CONFIRMATION: [&str; 10] = [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
];

pub(super) fn routes(app: &mut web::ServiceConfig) {
    super::shared::<National>(app);
    app.route("/national", web::post().to(answer)).route("/national/receipts/{number}", web::get().to(receipt));
}

impl Protocol for National {
    const NAME: &'static str = "national";

    fn notice(state: &State<Self>, payment: &Payment, behaviour: &WalletBehaviour) -> Option<Value> {
        let secret = if behaviour.notice_forge { "NOBODYSHARESTHISSECRET" } else { &state.config.national_secret };
        let mut told = told(state, payment, "CONFIRM");
        told["SoTien"] = json!((payment.amount + behaviour.notice_amount_delta).to_string());
        if let Some(other) = &behaviour.notice_merchant {
            told["MaDoiTac"] = json!(other);
        }
        told["MaXacThuc"] = json!(sum(&told, &SIGNED_CONFIRMATION, secret));
        Some(told)
    }

    fn is_confirmed(status: u16, body: &str) -> bool {
        let code = LooseObject::parse(body.as_bytes()).map(|answer| answer.text("MaLoi"));
        status == 200 && code.as_deref() == Some("00")
    }

    fn return_query(_: &State<Self>, payment: &Payment) -> String {
        format!("MaThamChieu={}", payment.reference)
    }
}

fn told(state: &State<National>, payment: &Payment, kind: &str) -> Value {
    let code = match payment.choice {
        Some(Choice::Pay) => "00",
        Some(Choice::Cancel) => "02",
        None => "01",
    };
    json!({
        "LoaiBanTin": kind, "MaLoi": code, "MaDoiTac": state.config.national_partner_code,
        "MaThamChieu": payment.reference, "SoTien": payment.amount.to_string(), "MaTienTe": "VND",
        "MaGiaoDich": if payment.is_paid() { payment.number.to_string() } else { String::new() },
        "MaNganHang": "PAYMENT", "ThoiGianGD": dates::to_wire(payment.at), "ThongTinGiaoDich": payment.info,
    })
}

fn sum(fields: &Value, names: &[&str], secret: &str) -> String {
    let said = names.iter().map(|name| fields[name].as_str().unwrap_or_default());
    seal::sha256(&said.chain([secret]).collect::<Vec<_>>().join("|"))
}

async fn answer(body: web::Bytes, state: web::Data<State<National>>) -> HttpResponse {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let signed: &[&str] = if asked["LoaiBanTin"] == "INIT" { &SIGNED_INIT } else { &SIGNED_QUESTION };
    let right = sum(&asked, signed, &state.config.national_secret);
    let known = asked["MaDoiTac"] == json!(state.config.national_partner_code);
    let answer = match asked["LoaiBanTin"].as_str() {
        _ if !known || !seal::is_same(&right, asked["MaXacThuc"].as_str().unwrap_or_default()) => refused("97"),
        Some("INIT") => open(&state, &asked),
        Some("QUERY") => state.find(asked["MaThamChieu"].as_str().unwrap_or_default()).map_or_else(
            || refused("91"),
            |payment| {
                let mut told = told(&state, &payment, "QUERY");
                told["MaXacThuc"] = json!(sum(&told, &SIGNED_CONFIRMATION, &state.config.national_secret));
                told
            },
        ),
        Some("GET_BILL") => bill(&state, asked["MaThamChieu"].as_str().unwrap_or_default()),
        _ => refused("03"),
    };
    state.answer(answer).await
}

fn refused(code: &str) -> Value {
    json!({"MaLoi": code, "MoTaLoi": "refused"})
}

fn open(state: &State<National>, asked: &Value) -> Value {
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let amount = text("SoTien").parse::<i64>().unwrap_or(0);
    let listed: i64 = asked["ThongTinBienLai"]["DSKhoanNop"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|line| line["SoTien"].as_str()?.parse::<i64>().ok())
        .sum();
    if amount < 1 || listed != amount {
        return refused("04");
    }
    let mut payments = state.payments.open();
    let known = payments.newest_first().find(|payment| payment.reference == text("MaThamChieu")).cloned();
    let number = match known {
        Some(known) if known.amount == amount => known.number,
        Some(_) => return refused("94"),
        None => {
            let number = payments.take_number();
            payments.put(Payment {
                number,
                reference: text("MaThamChieu"),
                amount,
                info: text("ThongTinGiaoDich"),
                return_url: state.config.national_return_url.clone().unwrap_or_default(),
                notice_url: state.config.national_confirm_url.clone().unwrap_or_default(),
                asked: asked.clone(),
                choice: None,
                at: state.now(),
                refunds: Vec::new(),
                answers: Vec::new(),
            });
            number
        }
    };
    json!({"MaLoi": "00", "MaThamChieu": text("MaThamChieu"), "UrlThanhToan": state.page(number)})
}

fn bill(state: &State<National>, reference: &str) -> Value {
    match state.find(reference).filter(Payment::is_paid) {
        None => refused("91"),
        Some(payment) => json!({
            "MaLoi": "00", "MaThamChieu": reference,
            "UrlBienLai": format!("{}/national/receipts/{}", state.base(), payment.number),
        }),
    }
}

async fn receipt(number: web::Path<u64>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body(format!("BIEN LAI {number}"))
}
