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
