//! Settings of the sandbox: addresses and the published demo keys of the parties it plays.

use std::net::{Ipv4Addr, SocketAddr};

/// Everything the sandbox can be told at start. All secrets here are published demo values.
#[derive(Debug, Clone, clap::Parser)]
pub struct Config {
    /// Address of VNPAY, the SMS aggregator and the control pages.
    #[arg(long, env = "MOTCUA_SANDBOX_HTTP", default_value = "127.0.0.1:8090", value_name = "ADDRESS")]
    pub http: SocketAddr,

    /// Address of the mail server.
    #[arg(long, env = "MOTCUA_SANDBOX_SMTP", default_value = "127.0.0.1:8025", value_name = "ADDRESS")]
    pub smtp: SocketAddr,

    /// The one merchant VNPAY knows: its terminal code.
    #[arg(long, env = "MOTCUA_SANDBOX_VNPAY_TMN_CODE", default_value = DEMO_TMN_CODE)]
    pub vnpay_tmn_code: String,

    /// The secret VNPAY shares with that merchant.
    #[arg(long, env = "MOTCUA_SANDBOX_VNPAY_HASH_SECRET", default_value = DEMO_HASH_SECRET)]
    pub vnpay_hash_secret: String,

    /// Where VNPAY notifies the merchant; may also be registered later by `PUT /vnpay/merchant`.
    #[arg(long, env = "MOTCUA_SANDBOX_VNPAY_IPN_URL", value_name = "URL")]
    pub vnpay_ipn_url: Option<String>,

    /// Milliseconds between two attempts of one notification (the real provider waits minutes).
    #[arg(
        long,
        env = "MOTCUA_SANDBOX_VNPAY_IPN_RETRY_MS",
        default_value_t = DEMO_IPN_RETRY_MS,
        value_name = "MS"
    )]
    pub vnpay_ipn_retry_ms: u64,

    /// The merchant that MoMo knows: its partner code.
    #[arg(long, env = "MOTCUA_SANDBOX_MOMO_PARTNER_CODE", default_value = DEMO_MOMO_PARTNER_CODE)]
    pub momo_partner_code: String,

    /// That merchant's access key.
    #[arg(long, env = "MOTCUA_SANDBOX_MOMO_ACCESS_KEY", default_value = DEMO_MOMO_ACCESS_KEY)]
    pub momo_access_key: String,

    /// The secret MoMo shares with that merchant.
    #[arg(long, env = "MOTCUA_SANDBOX_MOMO_SECRET_KEY", default_value = DEMO_MOMO_SECRET_KEY)]
    pub momo_secret_key: String,

    /// The application that ZaloPay knows.
    #[arg(long, env = "MOTCUA_SANDBOX_ZALOPAY_APP_ID", default_value_t = DEMO_ZALOPAY_APP_ID)]
    pub zalopay_app_id: i64,

    /// The key by which that application signs.
    #[arg(long, env = "MOTCUA_SANDBOX_ZALOPAY_KEY1", default_value = DEMO_ZALOPAY_KEY1)]
    pub zalopay_key1: String,

    /// The key by which ZaloPay signs.
    #[arg(long, env = "MOTCUA_SANDBOX_ZALOPAY_KEY2", default_value = DEMO_ZALOPAY_KEY2)]
    pub zalopay_key2: String,

    /// The partner that the national payment platform knows.
    #[arg(long, env = "MOTCUA_SANDBOX_NATIONAL_PARTNER_CODE", default_value = DEMO_NATIONAL_PARTNER_CODE)]
    pub national_partner_code: String,

    /// The secret the platform shares with that partner.
    #[arg(long, env = "MOTCUA_SANDBOX_NATIONAL_SECRET", default_value = DEMO_NATIONAL_SECRET)]
    pub national_secret: String,

    /// Where the platform confirms payments to that partner, as it was registered.
    #[arg(long, env = "MOTCUA_SANDBOX_NATIONAL_CONFIRM_URL", value_name = "URL")]
    pub national_confirm_url: Option<String>,

    /// Where the platform sends that partner's payers back to, as it was registered.
    #[arg(long, env = "MOTCUA_SANDBOX_NATIONAL_RETURN_URL", value_name = "URL")]
    pub national_return_url: Option<String>,

    /// Where the bank tells of money that came to the agency's account.
    #[arg(long, env = "MOTCUA_SANDBOX_BANK_NOTICE_URL", value_name = "URL")]
    pub bank_notice_url: Option<String>,

    /// The secret by which the bank signs that.
    #[arg(long, env = "MOTCUA_SANDBOX_BANK_SECRET", default_value = DEMO_BANK_SECRET)]
    pub bank_secret: String,

    /// The `ApiKey` the SMS aggregator accepts.
    #[arg(long, env = "MOTCUA_SANDBOX_SMS_API_KEY", default_value = DEMO_SMS_API_KEY)]
    pub sms_api_key: String,

    /// The `SecretKey` the SMS aggregator accepts.
    #[arg(long, env = "MOTCUA_SANDBOX_SMS_SECRET_KEY", default_value = DEMO_SMS_SECRET_KEY)]
    pub sms_secret_key: String,
}

const DEMO_TMN_CODE: &str = "DEMOTMN1";
const DEMO_HASH_SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";
const DEMO_IPN_RETRY_MS: u64 = 2_000;
const DEMO_MOMO_PARTNER_CODE: &str = "DEMOMOMO";
const DEMO_MOMO_ACCESS_KEY: &str = "DEMOACCESSKEY";
const DEMO_MOMO_SECRET_KEY: &str = "DEMOMOMOSECRET0123456789ABCDEFGH";
const DEMO_ZALOPAY_APP_ID: i64 = 2553;
const DEMO_ZALOPAY_KEY1: &str = "DEMOZALOPAYKEY1ABCDEFGH012345678";
const DEMO_ZALOPAY_KEY2: &str = "DEMOZALOPAYKEY2ABCDEFGH012345678";
const DEMO_NATIONAL_PARTNER_CODE: &str = "DEMODVC";
const DEMO_NATIONAL_SECRET: &str = "DEMONATIONALSECRET0123456789ABCD";
const DEMO_BANK_SECRET: &str = "DEMOBANKSECRET0123456789ABCDEFGH";
const DEMO_SMS_API_KEY: &str = "DEMOSMSAPIKEY";
const DEMO_SMS_SECRET_KEY: &str = "DEMOSMSSECRETKEY";

impl Config {
    /// Free loopback ports and the demo keys, whatever the environment says: what a test wants.
    #[must_use]
    pub fn on_free_ports() -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            http: any,
            smtp: any,
            vnpay_tmn_code: DEMO_TMN_CODE.into(),
            vnpay_hash_secret: DEMO_HASH_SECRET.into(),
            vnpay_ipn_url: None,
            vnpay_ipn_retry_ms: 20,
            momo_partner_code: DEMO_MOMO_PARTNER_CODE.into(),
            momo_access_key: DEMO_MOMO_ACCESS_KEY.into(),
            momo_secret_key: DEMO_MOMO_SECRET_KEY.into(),
            zalopay_app_id: DEMO_ZALOPAY_APP_ID,
            zalopay_key1: DEMO_ZALOPAY_KEY1.into(),
            zalopay_key2: DEMO_ZALOPAY_KEY2.into(),
            national_partner_code: DEMO_NATIONAL_PARTNER_CODE.into(),
            national_secret: DEMO_NATIONAL_SECRET.into(),
            national_confirm_url: None,
            national_return_url: None,
            bank_notice_url: None,
            bank_secret: DEMO_BANK_SECRET.into(),
            sms_api_key: DEMO_SMS_API_KEY.into(),
            sms_secret_key: DEMO_SMS_SECRET_KEY.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn the_flags_are_sound_and_override_the_defaults() {
        Config::command().debug_assert();
        let config = Config::parse_from(["sandbox", "--http", "127.0.0.1:0", "--vnpay-ipn-retry-ms", "5"]);
        assert_eq!((config.http.port(), config.vnpay_ipn_retry_ms), (0, 5));
    }
}
