//! The payment platform of the National Public Service Portal: INIT, QUERY, GET_BILL at one address, and its confirmation.
//!
//! It gives no money back: that is done by hand.

mod message;

use anyhow::{Context, Result};
use civic::Vnd;
use futures_util::{FutureExt, future::BoxFuture};
use runtime::Life;
use serde_json::{Map, Value, json};

use self::message::Secrets;
use super::{
    Acknowledgement, Ask, Bill, Checkout, NoAnswer, Notification, Query, QueryOutcome, Receipt,
    wire::{self, text},
    wire_time,
};
use crate::{
    config::{NationalSettings, given, needed},
    domain::report::{Outcome, Payment, Report, Verdict},
};

/// The contract with the platform.
pub struct National {
    client: reqwest::Client,
    life: Life,
    secrets: Secrets,
    url: String,
    partner_code: String,
    receiver: Receiver,
}

/// The account that receives the fees.
struct Receiver {
    bank: String,
    account: String,
    holder: String,
}

impl National {
    /// Prepares the adapter, if there is a contract; nothing is called yet.
    ///
    /// # Errors
    /// When a setting is missing or the HTTP client cannot start.
    pub fn new(settings: &NationalSettings, life: Life) -> Result<Option<Self>> {
        let Some(secret) = given(settings.national_secret.as_ref()) else { return Ok(None) };
        Ok(Some(Self {
            client: runtime::http_client(wire::TIMEOUT).context("no HTTP client for the national platform")?,
            life,
            secrets: Secrets::new(secret, given(settings.national_previous_secret.as_ref())),
            url: needed(settings.national_url.as_ref(), "MOTCUA_NATIONAL_URL")?,
            partner_code: needed(settings.national_partner_code.as_ref(), "MOTCUA_NATIONAL_PARTNER_CODE")?,
            receiver: Receiver {
                bank: needed(settings.national_bank.as_ref(), "MOTCUA_NATIONAL_BANK")?,
                account: needed(settings.national_account.as_ref(), "MOTCUA_NATIONAL_ACCOUNT")?,
                holder: needed(settings.national_holder.as_ref(), "MOTCUA_NATIONAL_HOLDER")?,
            },
        }))
    }

    /// The message that has the platform open a payment.
    pub fn init(&self, bill: &Bill<'_>) -> Map<String, Value> {
        let mut message = message::of([
            ("LoaiBanTin", "INIT"),
            ("PhienBan", message::VERSION),
            ("MaDoiTac", &self.partner_code),
            ("MaThamChieu", bill.reference),
            ("SoTien", &bill.amount.dong().to_string()),
            ("LoaiHinhThanhToan", "PAY"),
            ("MaKenhThanhToan", "1"),
            ("MaThietBi", "1"),
            ("NgonNgu", "vi-VN"),
            ("MaTienTe", "VND"),
            ("MaNganHang", "PAYMENT"),
            ("ThongTinGiaoDich", &format!("Nop phi ho so {}", bill.code)),
            ("ThoiGianGD", &wire_time::write(bill.created_at)),
            ("Ip", &bill.payer_address.to_string()),
        ]);
        message.insert("MaXacThuc".into(), self.secrets.sum(&message, &message::INIT).into());
        message.insert("ThongTinBienLai".into(), self.receipt_of(bill));
        message
    }

    /// What the platform's receipt is to say. Names and numbers of people are not known here: the payer enters them there.
    fn receipt_of(&self, bill: &Bill<'_>) -> Value {
        let Receiver { bank, account, holder } = &self.receiver;
        let lines: Vec<_> = match bill.lines {
            [] => vec![json!({"NoiDung": "Phi, le phi", "SoTien": bill.amount.dong().to_string()})],
            lines => lines
                .iter()
                .map(|line| json!({"NoiDung": line.name.vi, "SoTien": line.amount.dong().to_string()}))
                .collect(),
        };
        json!({
            "MaDichVu": "2", "MaHoSo": bill.code.to_string(), "MaDonVi": bill.agency.to_string(),
            "TKThuHuong": account, "MaNHThuHuong": bank, "TenTKThuHuong": holder,
            "NoiDungThanhToan": format!("Nop phi ho so {}", bill.code), "PhiLePhi": [], "DSKhoanNop": lines,
        })
    }

    /// A message about a payment that was opened before.
    pub fn question(&self, kind: &str, query: &Query) -> Map<String, Value> {
        let mut message = message::of([
            ("LoaiBanTin", kind),
            ("PhienBan", message::VERSION),
            ("MaDoiTac", &self.partner_code),
            ("MaThamChieu", &query.reference),
            ("ThoiGianGD", &wire_time::write(self.life.clock.now())),
        ]);
        message.insert("MaXacThuc".into(), self.secrets.sum(&message, &message::QUESTION).into());
        message
    }

    async fn send(&self, message: &Map<String, Value>) -> Result<String, NoAnswer> {
        wire::post(&self.client, &self.url, message).await
    }

    /// What the answer to a question says, if the platform sealed it and it is about this attempt.
    pub fn read_answer(&self, query: &Query, raw: String) -> Result<QueryOutcome, NoAnswer> {
        let fields = wire::object(&raw)?;
        match text(&fields, "MaLoi").as_str() {
            // The payer never came to the page.
            "91" => return Ok(QueryOutcome::NotFinished),
            "00" | "01" | "02" if !self.secrets.sealed(&fields) => {
                return Err(NoAnswer("it is not sealed by the platform".into()));
            }
            "01" => return Ok(QueryOutcome::NotFinished),
            "00" | "02" if text(&fields, "MaThamChieu") != query.reference => {
                return Err(NoAnswer("it is about another payment".into()));
            }
            "00" | "02" => {}
            code => return Err(NoAnswer(format!("code {code}"))),
        }
        Ok(QueryOutcome::Reported(self.report(&fields), raw))
    }

    fn report(&self, fields: &Map<String, Value>) -> Report {
        let number = text(fields, "MaGiaoDich");
        let outcome = match text(fields, "MaLoi").as_str() {
            "00" if !number.is_empty() && text(fields, "MaTienTe") == "VND" => Outcome::Paid(Payment {
                provider_reference: number,
                paid_at: wire_time::read(&text(fields, "ThoiGianGD")).unwrap_or_else(|| self.life.clock.now()),
            }),
            "02" => Outcome::Failed,
            _ => Outcome::Unclear,
        };
        Report {
            reference: text(fields, "MaThamChieu"),
            signed: message::line(fields, &message::CONFIRMATION),
            for_us: text(fields, "MaDoiTac") == self.partner_code,
            amount: text(fields, "SoTien").parse().ok().and_then(|dong| Vnd::new(dong).ok()),
            outcome,
        }
    }
}

impl Checkout for National {
    fn open<'a>(&'a self, bill: &'a Bill<'a>) -> BoxFuture<'a, Result<String, NoAnswer>> {
        async move {
            let fields = wire::object(&self.send(&self.init(bill)).await?)?;
            match text(&fields, "MaLoi").as_str() {
                "00" => wire::page(text(&fields, "UrlThanhToan")),
                code => Err(NoAnswer(format!("code {code}"))),
            }
        }
        .boxed()
    }
}

impl Notification for National {
    fn read(&self, raw: &str) -> Option<Report> {
        let fields = wire::object(raw).ok()?;
        // What we ask ourselves, and the answer to it, is sealed by the same secret.
        let is_ours = matches!(text(&fields, "LoaiBanTin").as_str(), "INIT" | "QUERY" | "GET_BILL");
        let is_it = !is_ours && self.secrets.sealed(&fields);
        is_it.then(|| self.report(&fields))
    }

    fn acknowledge(&self, verdict: Option<Verdict>) -> Acknowledgement {
        let (code, message) = match verdict {
            None => ("99", "not recorded"),
            Some(Verdict::Forged) => ("97", "invalid checksum"),
            Some(Verdict::UnknownOrder) => ("91", "not found"),
            Some(_) => ("00", "recorded"),
        };
        Acknowledgement::Words(json!({"MaLoi": code, "MoTaLoi": message}))
    }
}

impl Ask for National {
    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<QueryOutcome, NoAnswer>> {
        async move { self.read_answer(query, self.send(&self.question("QUERY", query)).await?) }.boxed()
    }
}

impl Receipt for National {
    fn receipt<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<Option<String>, NoAnswer>> {
        async move {
            let fields = wire::object(&self.send(&self.question("GET_BILL", query)).await?)?;
            match text(&fields, "MaLoi").as_str() {
                "00" => wire::page(text(&fields, "UrlBienLai")).map(Some),
                "91" => Ok(None),
                code => Err(NoAnswer(format!("code {code}"))),
            }
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests;
