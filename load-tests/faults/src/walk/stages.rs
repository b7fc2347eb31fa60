//! A dossier that is worked on in stages: a guardianship, which costs nothing.

use anyhow::Result;
use serde_json::{Value, json};

use super::Walk;
use crate::{client::Ask, people};

impl Walk {
    /// Files one at the ward, where officials enough serve.
    ///
    /// # Errors
    /// When something is not as promised.
    pub async fn file_in_stages(&mut self) -> Result<()> {
        (self.agency, self.paper) = ("H44.100", "CAN_CU_GIAM_HO");
        self.arrive().await?;
        self.begin("1.004837", &answers(), true).await?;
        self.file().await
    }

    /// A request about it, under a key of this walk, by whom the token was issued to.
    pub fn ask(&self, what: &str, body: &Value, token: &str) -> Ask {
        Ask::post(self.path(&format!("/{what}")), self.key(what), body).by(token)
    }

    /// The same with a file.
    pub fn send(&self, what: &str, token: &str) -> Ask {
        Ask::upload(self.path(&format!("/{what}")), self.key(what), super::PDF).by(token)
    }

    /// What its applicant asks in her own name.
    pub fn ask_as_applicant(&self, what: &str, body: &Value) -> Ask {
        self.ask(what, body, &self.token)
    }

    /// The request that shows it to an official.
    pub fn look(&self, token: &str) -> Ask {
        Ask::get(self.path("")).by(token)
    }

    pub(super) async fn arrive(&mut self) -> Result<()> {
        if self.token.is_empty() {
            self.token = people::arrive(&self.client, &mut self.person, &self.name).await?;
        }
        self.record.email.clone_from(&self.person.email);
        Ok(())
    }
}

fn answers() -> Value {
    let residence = "Phường Đồi Chè, tỉnh Phú Thọ";
    json!({
        "ward_name": "Trần Gia Bảo", "ward_gender": "MALE", "ward_birth_date": "2018-05-02",
        "ward_residence": residence, "guardian_name": "Trần Thị Lan", "guardian_birth_date": "1992-03-08",
        "guardian_citizen_number": "000192000123", "guardian_residence": residence, "kind": "APPOINTED",
        "reason": "Cha mẹ của cháu đã mất.", "applicant_name": "Trần Thị Lan",
        "applicant_citizen_number": "000192000123", "applicant_residence": residence, "truthful": true,
    })
}
