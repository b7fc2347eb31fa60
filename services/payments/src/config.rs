//! Settings, from flags or the environment.

use anyhow::{Result, ensure};
use url::Url;

/// The sandbox's secret. Published: whoever knows it can tell us that anything was paid.
const PUBLISHED_SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";

/// The settings of payments.
#[derive(Clone, clap::Args)]
pub struct Config {
    #[command(flatten)]
    pub listen: runtime::Listen,
    #[command(flatten)]
    pub database: pg::Settings,
    #[command(flatten)]
    pub queue: queue::Settings,
    #[command(flatten)]
    pub token: edge::token::Settings,
    #[command(flatten)]
    pub vnpay: VnpaySettings,
    /// The address that browsers know the whole installation by; providers send payers back to it.
    #[arg(long, env = "MOTCUA_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub public_url: String,
    /// How long a payer has to pay once she was sent to a provider.
    #[arg(long, env = "MOTCUA_PAYMENT_MINUTES", default_value_t = 15, value_name = "MINUTES",
        value_parser = clap::value_parser!(u32).range(5..=1440))]
    pub payment_minutes: u32,
}

impl Config {
    /// Refuses to take notifications signed with the published secret anywhere but on a developer's own machine.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn check(&self) -> Result<()> {
        let host = Url::parse(&self.public_url).ok().and_then(|url| url.host_str().map(ToOwned::to_owned));
        let own_machine = host.is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str()));
        ensure!(
            own_machine || self.vnpay.vnpay_hash_secret != PUBLISHED_SECRET,
            "The VNPAY secret is the sandbox's, which is published, while MOTCUA_PUBLIC_URL is {}: set \
             MOTCUA_VNPAY_HASH_SECRET to the secret that VNPAY gave you.",
            self.public_url
        );
        Ok(())
    }
}

/// The contract with VNPAY.
#[derive(Clone, clap::Args)]
pub struct VnpaySettings {
    /// VNPAY's payment page, to which payers are sent.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_PAY_URL",
        default_value = "http://127.0.0.1:8090/paymentv2/vpcpay.html",
        value_name = "URL"
    )]
    pub vnpay_pay_url: String,
    /// VNPAY's address for questions about a payment.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_API_URL",
        default_value = "http://127.0.0.1:8090/merchant_webapi/api/transaction",
        value_name = "URL"
    )]
    pub vnpay_api_url: String,
    /// Where VNPAY sends payers' browsers back to; the portal's page when unset. Without a portal: the page of this API,
    /// /api/v1/payments/vnpay/return.
    #[arg(long, env = "MOTCUA_VNPAY_RETURN_URL", value_name = "URL")]
    pub vnpay_return_url: Option<String>,
    /// The terminal code that VNPAY gave the merchant.
    #[arg(long, env = "MOTCUA_VNPAY_TMN_CODE", default_value = "DEMOTMN1", value_name = "CODE")]
    pub vnpay_tmn_code: String,
    /// The secret shared with VNPAY. The default is the sandbox's.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_HASH_SECRET",
        default_value = PUBLISHED_SECRET,
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub vnpay_hash_secret: String,
    /// The secret before the last change: what VNPAY signed with it is still believed.
    #[arg(long, env = "MOTCUA_VNPAY_PREVIOUS_HASH_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub vnpay_previous_hash_secret: Option<String>,
}
