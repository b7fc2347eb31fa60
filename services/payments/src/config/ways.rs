//! The contracts with providers that an installation may or may not have. One is offered to payers when its secret is set.

use runtime::Guard;

/// What the sandbox shares with its merchant; published, as everything in the sandbox is.
const SANDBOX_MOMO: &str = "DEMOMOMOSECRET0123456789ABCDEFGH";
const SANDBOX_ZALOPAY: &str = "DEMOZALOPAYKEY1ABCDEFGH012345678";
const SANDBOX_BANK: &str = "DEMOBANKSECRET0123456789ABCDEFGH";
const SANDBOX_NATIONAL: &str = "DEMONATIONALSECRET0123456789ABCD";
const SANDBOX_ZALOPAY_CALLBACKS: &str = "DEMOZALOPAYKEY2ABCDEFGH012345678";

/// The contract with MoMo.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct MomoSettings {
    /// MoMo's API without a path, https://payment.momo.vn. MoMo is offered when its secret is set.
    #[arg(long, env = "MOTCUA_MOMO_URL", value_name = "URL", value_parser = runtime::http_address,
        add = Guard::outside_address())]
    pub momo_url: Option<String>,
    /// The partner code that MoMo gave the merchant.
    #[arg(long, env = "MOTCUA_MOMO_PARTNER_CODE", value_name = "CODE")]
    pub momo_partner_code: Option<String>,
    /// The access key that MoMo gave the merchant. It is part of what is signed, and no secret.
    #[arg(long, env = "MOTCUA_MOMO_ACCESS_KEY", value_name = "KEY")]
    pub momo_access_key: Option<String>,
    /// The secret shared with MoMo.
    #[arg(long, env = "MOTCUA_MOMO_SECRET_KEY", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_MOMO))]
    pub momo_secret_key: Option<String>,
    /// The secret before the last change: what MoMo signed with it is still believed.
    #[arg(long, env = "MOTCUA_MOMO_PREVIOUS_SECRET_KEY", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_MOMO))]
    pub momo_previous_secret_key: Option<String>,
}

/// The contract with ZaloPay.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ZalopaySettings {
    /// ZaloPay's API without a path, https://openapi.zalopay.vn. ZaloPay is offered when its first key is set.
    #[arg(long, env = "MOTCUA_ZALOPAY_URL", value_name = "URL", value_parser = runtime::http_address,
        add = Guard::outside_address())]
    pub zalopay_url: Option<String>,
    /// The application's number at ZaloPay.
    #[arg(long, env = "MOTCUA_ZALOPAY_APP_ID", value_name = "NUMBER")]
    pub zalopay_app_id: Option<i64>,
    /// The first key shared with ZaloPay: we sign with it.
    #[arg(long, env = "MOTCUA_ZALOPAY_KEY1", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_ZALOPAY))]
    pub zalopay_key1: Option<String>,
    /// The second key shared with ZaloPay: it signs with it.
    #[arg(long, env = "MOTCUA_ZALOPAY_KEY2", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_ZALOPAY_CALLBACKS))]
    pub zalopay_key2: Option<String>,
    /// The second key before the last change: what ZaloPay signed with it is still believed.
    #[arg(long, env = "MOTCUA_ZALOPAY_PREVIOUS_KEY2", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_ZALOPAY_CALLBACKS))]
    pub zalopay_previous_key2: Option<String>,
}

/// The account to which payers transfer, and how its bank tells what came.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct VietqrSettings {
    /// The number of the bank (six digits, such as 970415). Transfers by VietQR are offered when the secret of the bank's notices is set.
    #[arg(long, env = "MOTCUA_VIETQR_BANK", value_name = "NUMBER")]
    pub vietqr_bank: Option<String>,
    /// The number of the account there.
    #[arg(long, env = "MOTCUA_VIETQR_ACCOUNT", value_name = "NUMBER")]
    pub vietqr_account: Option<String>,
    /// Whose account it is, as the bank writes it.
    #[arg(long, env = "MOTCUA_VIETQR_HOLDER", value_name = "NAME")]
    pub vietqr_holder: Option<String>,
    /// The agency that keeps the account: its cashiers see money that names no dossier.
    #[arg(long, env = "MOTCUA_VIETQR_AGENCY", value_name = "CODE")]
    pub vietqr_agency: Option<civic::AgencyCode>,
    /// The secret by which the bank signs its notices.
    #[arg(long, env = "MOTCUA_VIETQR_NOTICE_SECRET", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_BANK))]
    pub vietqr_notice_secret: Option<String>,
    /// The secret before the last change: what the bank signed with it is still believed.
    #[arg(long, env = "MOTCUA_VIETQR_PREVIOUS_NOTICE_SECRET", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_BANK))]
    pub vietqr_previous_notice_secret: Option<String>,
}

/// The contract with the national payment platform.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct NationalSettings {
    /// The platform's address for messages. It is offered when its secret is set.
    #[arg(long, env = "MOTCUA_NATIONAL_URL", value_name = "URL", value_parser = runtime::http_address,
        add = Guard::outside_address())]
    pub national_url: Option<String>,
    /// The partner code that the platform gave.
    #[arg(long, env = "MOTCUA_NATIONAL_PARTNER_CODE", value_name = "CODE")]
    pub national_partner_code: Option<String>,
    /// The bank of the account that receives the fees.
    #[arg(long, env = "MOTCUA_NATIONAL_BANK", value_name = "CODE")]
    pub national_bank: Option<String>,
    /// The account that receives the fees.
    #[arg(long, env = "MOTCUA_NATIONAL_ACCOUNT", value_name = "NUMBER")]
    pub national_account: Option<String>,
    /// Whose account that is.
    #[arg(long, env = "MOTCUA_NATIONAL_HOLDER", value_name = "NAME")]
    pub national_holder: Option<String>,
    /// The secret shared with the platform.
    #[arg(long, env = "MOTCUA_NATIONAL_SECRET", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_NATIONAL))]
    pub national_secret: Option<String>,
    /// The secret before the last change: what the platform signed with it is still believed.
    #[arg(long, env = "MOTCUA_NATIONAL_PREVIOUS_SECRET", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().and_not(SANDBOX_NATIONAL))]
    pub national_previous_secret: Option<String>,
}

/// A setting that a contract cannot do without.
///
/// # Errors
/// When it is not set.
pub fn needed<T: Clone>(value: Option<&T>, variable: &str) -> anyhow::Result<T> {
    value.cloned().ok_or_else(|| anyhow::anyhow!("{variable} is not set, and the provider's secret is"))
}

/// A secret that is there: one that is empty is none.
pub fn given(secret: Option<&String>) -> Option<&str> {
    secret.map(String::as_str).filter(|secret| !secret.trim().is_empty())
}
