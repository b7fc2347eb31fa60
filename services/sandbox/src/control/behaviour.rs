//! The behaviour of all parties at once: shown, and replaced as a whole.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::parties::Parties;
use crate::{BankBehaviour, MailBehaviour, SmsBehaviour, VnpayBehaviour, WalletBehaviour};

/// How every party of the sandbox behaves; what is left out behaves well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// The mail server.
    pub mail: MailBehaviour,
    /// The SMS aggregator.
    pub sms: SmsBehaviour,
    /// The payment provider.
    pub vnpay: VnpayBehaviour,
    /// The wallet MoMo.
    pub momo: WalletBehaviour,
    /// The wallet ZaloPay.
    pub zalopay: WalletBehaviour,
    /// The national payment platform.
    pub national: WalletBehaviour,
    /// The bank of the agency's account.
    pub bank: BankBehaviour,
}

impl Behaviour {
    /// How the parties behave now.
    pub(crate) fn of(parties: &Parties) -> Self {
        let _whole = parties.steer();
        Self {
            mail: parties.mail.behaviour(),
            sms: parties.sms.behaviour(),
            vnpay: parties.vnpay.behaviour(),
            momo: parties.momo.behaviour(),
            zalopay: parties.zalopay.behaviour(),
            national: parties.national.behaviour(),
            bank: parties.bank.behaviour(),
        }
    }

    /// Has the parties behave so.
    fn impose(self, parties: &Parties) {
        let _whole = parties.steer();
        parties.mail.behaviour.send_replace(self.mail);
        parties.sms.behaviour.send_replace(self.sms);
        parties.vnpay.behaviour.send_replace(self.vnpay);
        parties.momo.behaviour.send_replace(self.momo);
        parties.zalopay.behaviour.send_replace(self.zalopay);
        parties.national.behaviour.send_replace(self.national);
        parties.bank.behaviour.send_replace(self.bank);
    }

    fn read(body: &[u8]) -> Result<Self, String> {
        let wish: Self = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        wish.mail.check()?;
        wish.sms.check()?;
        wish.vnpay.check()?;
        for wallet in [&wish.momo, &wish.zalopay, &wish.national] {
            wallet.check()?;
        }
        Ok(wish)
    }
}

pub(crate) async fn show(parties: web::Data<Parties>) -> HttpResponse {
    HttpResponse::Ok().json(Behaviour::of(&parties))
}

pub(crate) async fn replace(body: web::Bytes, parties: web::Data<Parties>) -> HttpResponse {
    match Behaviour::read(&body) {
        Ok(wish) => {
            wish.clone().impose(&parties);
            HttpResponse::Ok().json(wish)
        }
        Err(error) => HttpResponse::BadRequest().json(json!({ "error": error })),
    }
}
