//! Payment counterparts that a merchant tells of each payment first: MoMo, ZaloPay and the national platform, each by its own protocol. What
//! they share: payments that were asked for, a page where the payer chooses, a notification that is repeated until it is confirmed.

pub(crate) mod behaviour;
pub(crate) mod momo;
pub(crate) mod national;
pub(crate) mod notify;
mod page;
pub(crate) mod payment;
pub(crate) mod state;
pub(crate) mod zalopay;

use actix_web::web;

use self::state::Protocol;

/// The routes of every one of them.
pub(crate) fn routes(app: &mut web::ServiceConfig) {
    momo::routes(app);
    zalopay::routes(app);
    national::routes(app);
}

/// The page, its form, and what a tester sees of one of them.
fn shared<P: Protocol>(app: &mut web::ServiceConfig) {
    app.route(&format!("/{}/pay/{{number}}", P::NAME), web::get().to(page::show::<P>))
        .route(&format!("/{}/pay/{{number}}", P::NAME), web::post().to(page::pay::<P>))
        .route(&format!("/{}/payments", P::NAME), web::get().to(state::list::<P>));
}
