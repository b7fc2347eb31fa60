//! The query that a provider adds to its notification and to a payer's return, for their contracts: VNPAY's.

use std::collections::HashMap;

use utoipa::IntoParams;

/// All of it is read from the raw query, because the signature covers every parameter, those too that the provider may add.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, non_snake_case, reason = "describes a query; it is read as it came")]
pub struct ProviderQuery {
    /// The amount in hundredths of a đồng.
    vnp_Amount: Option<String>,
    /// The payer's bank.
    vnp_BankCode: Option<String>,
    /// The bank's number of the transaction.
    vnp_BankTranNo: Option<String>,
    /// Card or account.
    vnp_CardType: Option<String>,
    /// What it was for.
    vnp_OrderInfo: Option<String>,
    /// When it was paid, `yyyyMMddHHmmss` in Vietnam.
    vnp_PayDate: Option<String>,
    /// What the payer met; `00` is success.
    vnp_ResponseCode: Option<String>,
    /// The merchant's terminal code.
    vnp_TmnCode: Option<String>,
    /// VNPAY's number of the transaction.
    vnp_TransactionNo: Option<String>,
    /// What VNPAY booked; `00` is success.
    vnp_TransactionStatus: Option<String>,
    /// Our name for the attempt.
    vnp_TxnRef: Option<String>,
    /// The name of the signature's algorithm.
    vnp_SecureHashType: Option<String>,
    /// HMAC-SHA512 of all the others.
    vnp_SecureHash: Option<String>,
    /// Whatever else VNPAY signs.
    #[param(style = Form, explode = true)]
    vnp: Option<HashMap<String, String>>,
}
