//! Ids two services derive instead of asking each other.

use uuid::{Uuid, uuid};

/// The namespace of payment orders: UUIDv5 of `payment-orders.motcua.vn` in the DNS namespace. Never changes.
const PAYMENT_ORDERS: Uuid = uuid!("ff556927-22b2-5af6-a43a-3f5825493c06");

/// The id of the payment order for one round of fees of a dossier (the first round is 1): UUIDv5 of
/// `<dossier id>/<fee round>`. The filing answer can name the order before payments has heard of it.
#[must_use]
pub fn order_id(dossier_id: Uuid, fee_round: u32) -> Uuid {
    Uuid::new_v5(&PAYMENT_ORDERS, format!("{dossier_id}/{fee_round}").as_bytes())
}
