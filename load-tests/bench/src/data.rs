//! The data of a run: a procedure, agencies, citizens, and dossiers filed on earlier days.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    drafts::{CITIZENS, Drafts, Kind, citizen},
    installation::Installation,
};

/// Registration of a birth: a form of 25 fields, one paper required, no fee.
const PROCEDURE: &str = include_str!("../../../services/catalogue/data/procedures/1.001193/1.json");
/// The procedure's path, as everybody reads it.
pub const PROCEDURE_PATH: &str = "/api/v1/procedures/1.001193";
/// The version that every dossier of a run is pinned to.
const VERSION: &str = "01930000-0000-7000-8000-000000000001";
/// Dossiers of earlier days that an agency filed a day.
pub const A_DAY: i64 = 5_000;

/// What was prepared.
pub struct Data {
    /// Complete answers, JSON.
    pub answers: String,
}

/// What one filing over HTTP wrote: the values that P writes too.
pub struct Specimen {
    /// The code that it was issued.
    pub code: String,
    /// The type of its event.
    pub event_type: String,
    /// Its event, whole.
    pub event: String,
    /// The type of the event that says where the dossier stands.
    pub moved_type: String,
    /// That event, whole.
    pub moved: String,
    /// Its audit row's detail.
    pub audit_detail: String,
    /// The answer to its client.
    pub reply: String,
}

impl Data {
    /// Writes procedure, agencies and the tokens of the citizens.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn prepare(installation: &Installation) -> Result<Self> {
        let content: Value = serde_json::from_str(PROCEDURE)?;
        let text = |pointer: &str| content.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (code, vi, en, field) = (text("/code"), text("/name/vi"), text("/name/en"), text("/field/code"));
        installation.db.execute("insert into procedures (code) values ($1)", &[&code]).await?;
        let version = "insert into procedure_versions
            (id, procedure, version, published_at, field, name_vi, name_en, search, digest, content)
            values ($1::text::uuid, $2, 1, now(), $3, $4, $5, lower($4), sha256($6::text::bytea), $7::text::jsonb)";
        // Whatever the digest is of: it only matters when the procedure is published again.
        let digest = "bench";
        installation.db.execute(version, &[&VERSION, &code, &field, &vi, &en, &digest, &PROCEDURE]).await?;
        installation.db.execute("update procedures set current_version = $1::text::uuid", &[&VERSION]).await?;
        // As catalogue has it, whom everybody asks for it.
        let catalogue = installation.connect("catalogue").await?;
        catalogue.execute("insert into procedures (code) values ($1)", &[&code]).await?;
        let version = "insert into procedure_versions
            (procedure, version, published_at, field, name_vi, name_en, levels, life_events, search, digest, content)
            values ($1, 1, now(), $2, $3, $4, '{COMMUNE}', '{BIRTH}', lower($3), sha256($5::text::bytea), $6::text::jsonb)";
        catalogue.execute(version, &[&code, &field, &vi, &en, &digest, &PROCEDURE]).await?;
        catalogue.execute("update procedures set current_version = 1", &[]).await?;
        let agencies = "insert into agencies
            select 'H44.' || (100 + n), 'Xã ' || n, 'Commune ' || n from generate_series(0, 8) n";
        installation.db.batch_execute(agencies).await?;
        let tokens = (0..CITIZENS).map(|n| installation.issuer.citizen(citizen(n))).collect::<Result<Vec<_>>>()?;
        std::fs::write(installation.folder.join("tokens"), tokens.join("\n"))?;
        let answers = answers().to_string();
        ensure!((1_800..2_400).contains(&answers.len()), "answers should have about 2 KB, not {} bytes", answers.len());
        Ok(Self { answers })
    }

    /// Makes `count` dossiers that were filed and completed on earlier days, with history, audit and keys.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn base(&self, installation: &Installation, count: i64) -> Result<()> {
        let sql =
            include_str!("base.sql").replace("{count}", &count.to_string()).replace("{a_day}", &A_DAY.to_string());
        installation.db.batch_execute(&sql.replace("{answers}", &self.answers.replace('\'', "''"))).await?;
        installation.db.batch_execute("vacuum analyze").await?;
        Ok(())
    }

    /// Files one draft over HTTP, and reads what that wrote.
    ///
    /// # Errors
    /// When it is not filed.
    pub async fn specimen(&self, installation: &Installation, drafts: &mut Drafts) -> Result<Specimen> {
        let number = drafts.reserve(installation, Kind::Spread, 1).await?;
        let id = Kind::Spread.id(number);
        let token = installation.issuer.citizen(citizen(number % CITIZENS))?;
        let url = format!("{}/api/v1/dossiers/{id}/submission", installation.gateway);
        let client = runtime::http_client(std::time::Duration::from_secs(5))?;
        let answer = client.post(url).bearer_auth(token).header("idempotency-key", "specimen").send().await?;
        let (status, reply) = (answer.status(), answer.text().await?);
        ensure!(status == 201, "the first filing was answered {status}: {reply}");
        let row =
            installation.db.query_one(include_str!("specimen.sql"), &[&id]).await.context("what a filing wrote")?;
        let (code, event_type, event) = (row.get(0), row.get(1), row.get(2));
        drafts.filed(installation, Kind::Spread).await?;
        let (moved_type, moved, audit_detail) = (row.get(3), row.get(4), row.get(5));
        Ok(Specimen { code, event_type, event, moved_type, moved, audit_detail, reply })
    }
}

/// Complete answers of about 2 KB.
fn answers() -> Value {
    let place = "Trạm y tế phường, số nhà 127 ngõ 45 đường Nguyễn Trãi, tổ dân phố số 9, phường Tân Định, thành phố Phú Lương, \
                 tỉnh Bắc Sơn, Việt Nam; gần ngã tư chợ trung tâm và trường tiểu học";
    let person = "Nguyễn Thị Hoàng Minh Anh";
    json!({
        "child_name": "Trần Nguyễn Bảo An", "child_gender": "FEMALE", "child_birth_date": "2026-11-01",
        "child_birth_place": place, "child_ethnicity": "Kinh", "child_nationality": "Việt Nam",
        "child_home_town": place,
        "mother_name": person, "mother_birth_date": "1996-04-12", "mother_ethnicity": "Kinh",
        "mother_nationality": "Việt Nam", "mother_citizen_number": "000196012345", "mother_residence": place,
        "father_name": "Trần Văn Quốc Bình", "father_birth_date": "1994-09-30", "father_ethnicity": "Kinh",
        "father_nationality": "Việt Nam", "father_citizen_number": "000094012345", "father_residence": place,
        "applicant_name": person, "applicant_citizen_number": "000196012345", "applicant_relationship": "MOTHER",
        "applicant_residence": place, "applicant_phone": "0912345678", "truthful": true,
    })
}
