//! How a walk pays: at the provider, whose word reaches us by itself.

use anyhow::{Context, Result, bail, ensure};
use rand::Rng;
use serde_json::json;

use super::Walk;
use crate::client::Ask;

impl Walk {
    fn order(&self) -> Result<String> {
        Ok(format!("/api/v1/payment-orders/{}", self.record.order.as_ref().context("an order")?))
    }

    /// Pays at the provider, and does not wait until that is known here.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn pay_and_leave(&mut self) -> Result<()> {
        let path = self.order()?;
        self.until("the order is there", &path, |answer| answer.status == 200).await?;
        if self.random.random_bool(0.2) {
            let choice = if self.random.random_bool(0.5) { "cancel" } else { "insufficient_balance" };
            let page = self.attempt(&path, "give-up").await?;
            if let Err(why) = self.client.press(&page, choice).await {
                ensure!(self.client.steps(), "giving up: {why:#}");
            }
        }
        let back = self.pay_at(&path).await?;
        self.record.payments += 1;
        self.client.must("the way back", 200, &Ask::get(self.client.path_of(&back))).await?;
        Ok(())
    }

    /// Pays, and waits until that is known.
    pub(super) async fn pay(&mut self) -> Result<()> {
        self.pay_and_leave().await?;
        self.be_paid().await
    }

    /// Waits until it is known that it is paid.
    pub(super) async fn be_paid(&mut self) -> Result<()> {
        self.until("it is paid", &self.order()?, |answer| answer.json["status"] == "PAID").await?;
        self.record.paid = true;
        Ok(())
    }

    /// Gives where the provider sends the payer back to.
    async fn pay_at(&self, order: &str) -> Result<String> {
        for key in ["pay", "pay-again", "pay-once-more"] {
            let page = self.attempt(order, key).await?;
            match self.client.press(&page, "pay").await {
                // The page ran out before it was used. Nothing was taken.
                Err(_) if self.client.steps() => {}
                back => return back,
            }
        }
        bail!("three payment pages ran out")
    }

    async fn attempt(&self, order: &str, what: &str) -> Result<String> {
        let wish = json!({"provider": "VNPAY"});
        let start = Ask::post(format!("{order}/attempts"), self.key(what), &wish).by(&self.token);
        let (answer, _) = self.client.insist(&start).await?;
        // Begun now, or before and still open.
        if !matches!(answer.status, 200 | 201) {
            bail!("an attempt: 200 or 201 was expected, {} came", answer.said());
        }
        answer.text("/pay_url")
    }
}
