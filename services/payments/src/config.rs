//! Settings, from flags or the environment.

mod ways;

use runtime::Guard;

pub use self::ways::{MomoSettings, NationalSettings, VietqrSettings, ZalopaySettings, given, needed};

/// The sandbox's secret. Published: whoever knows it can tell us that anything was paid.
const PUBLISHED_SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";

/// The settings of payments.
#[derive(Clone, clap::Args)]
pub struct Config {
    #[command(flatten)]
    pub backend: backend::Settings,
    #[command(flatten)]
    pub vnpay: VnpaySettings,
    #[command(flatten)]
    pub momo: MomoSettings,
    #[command(flatten)]
    pub zalopay: ZalopaySettings,
    #[command(flatten)]
    pub vietqr: VietqrSettings,
    #[command(flatten)]
    pub national: NationalSettings,
    /// How long a payer has to pay once she was sent to a provider.
    #[arg(long, env = "MOTCUA_PAYMENT_MINUTES", default_value_t = 15, value_name = "MINUTES",
        value_parser = clap::value_parser!(u32).range(5..=1440))]
    pub payment_minutes: u32,
    /// Refunds by which more than so many đồng of one payment go back are approved by a second official.
    #[arg(long, env = "MOTCUA_REFUND_APPROVAL_ABOVE", default_value_t = 500_000, value_name = "DONG",
        value_parser = clap::value_parser!(i64).range(0..=999_999_999_999))]
    pub refund_approval_above: i64,
    /// Waivers by which more than so many đồng of one payment order are waived are approved by a second official.
    #[arg(long, env = "MOTCUA_WAIVER_APPROVAL_ABOVE", default_value_t = 500_000, value_name = "DONG",
        value_parser = clap::value_parser!(i64).range(0..=999_999_999_999))]
    pub waiver_approval_above: i64,
    /// Whether fees may be paid in parts, by bank transfer and at the counter. Where not, less than is due is refused or waits for officials.
    #[arg(long, env = "MOTCUA_PART_PAYMENTS", default_value_t = true, action = clap::ArgAction::Set, value_name = "true|false")]
    pub part_payments: bool,
    /// The symbol of e-receipts, in which they are numbered from 0000001 each year: as registered with the tax authority.
    #[arg(long, env = "MOTCUA_RECEIPT_SYMBOL", default_value = "01BLP0-001", value_name = "SYMBOL",
        value_parser = receipt_symbol)]
    pub receipt_symbol: String,
}

/// A symbol as they look: letters, digits and `-`, ten of them as a rule.
fn receipt_symbol(text: &str) -> Result<String, String> {
    let fits = (6..=20).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/'));
    fits.then(|| text.to_owned()).ok_or_else(|| "6 to 20 capital letters, digits and -, like 01BLP0-001".to_owned())
}

impl AsRef<backend::Settings> for Config {
    fn as_ref(&self) -> &backend::Settings {
        &self.backend
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
        value_name = "URL",
        value_parser = runtime::http_address,
        add = Guard::outside_address()
    )]
    pub vnpay_pay_url: String,
    /// VNPAY's address for questions about a payment.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_API_URL",
        default_value = "http://127.0.0.1:8090/merchant_webapi/api/transaction",
        value_name = "URL",
        value_parser = runtime::http_address,
        add = Guard::outside_address()
    )]
    pub vnpay_api_url: String,
    /// Where VNPAY sends payers' browsers back to; the portal's page when unset. Without a portal: the page of this API,
    /// /api/v1/payments/vnpay/return.
    #[arg(long, env = "MOTCUA_VNPAY_RETURN_URL", value_name = "URL", value_parser = runtime::http_address,
        add = Guard::outside_address())]
    pub vnpay_return_url: Option<String>,
    /// The terminal code that VNPAY gave the merchant.
    #[arg(long, env = "MOTCUA_VNPAY_TMN_CODE", default_value = "DEMOTMN1", value_name = "CODE", add = Guard::own_value())]
    pub vnpay_tmn_code: String,
    /// The secret shared with VNPAY. The default is the sandbox's.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_HASH_SECRET",
        default_value = PUBLISHED_SECRET,
        hide_env_values = true,
        value_name = "SECRET",
        add = Guard::secret()
    )]
    pub vnpay_hash_secret: String,
    /// The secret before the last change: what VNPAY signed with it is still believed.
    #[arg(long, env = "MOTCUA_VNPAY_PREVIOUS_HASH_SECRET", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(PUBLISHED_SECRET))]
    pub vnpay_previous_hash_secret: Option<String>,
}
