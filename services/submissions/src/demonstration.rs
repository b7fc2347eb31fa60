//! The procedures of the demonstration, from `data/procedures/`.

use anyhow::{Context, Result, anyhow};
use procedure::Procedure;
use runtime::Life;
use sha2::{Digest, Sha256};

use crate::store::procedures;

const FILES: [&str; 3] = [
    include_str!("../data/procedures/1.001193.json"),
    include_str!("../data/procedures/1.004222.json"),
    include_str!("../data/procedures/2.000635.json"),
];

/// Publishes what is new or changed; a changed file becomes the next version.
pub async fn load(pool: &pg::Pool, life: &Life) -> Result<()> {
    for text in FILES {
        publish(pool, life, &read(text)?).await?;
    }
    Ok(())
}

async fn publish(pool: &pg::Pool, life: &Life, procedure: &Procedure) -> Result<()> {
    let digest = Sha256::digest(serde_json::to_vec(procedure)?);
    let published = pool
        .transaction::<_, anyhow::Error>(async |conn| Ok(procedures::publish(conn, life, procedure, &digest).await?));
    if let Some(version) = published.await? {
        tracing::info!(code = %procedure.code, version, "a procedure was published");
    }
    Ok(())
}

fn read(text: &str) -> Result<Procedure> {
    let procedure: Procedure = serde_json::from_str(text).context("a procedure's file cannot be read")?;
    procedure.form().map_err(|why| anyhow!("the procedure {} cannot be published: {why}", procedure.code))?;
    Ok(procedure)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{FILES, read};

    #[test]
    fn every_file_hangs_together_and_says_nothing_that_would_be_lost() {
        for text in FILES {
            let procedure = read(text).expect("a procedure that can be published");
            let written: Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(serde_json::to_value(&procedure).expect("JSON"), written, "{}", procedure.code);
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        fn check(value: &Value, path: &str) {
            match value {
                Value::Object(members) if members.contains_key("vi") => {
                    for language in ["vi", "en"] {
                        let text = members.get(language).and_then(Value::as_str);
                        assert!(text.is_some_and(|text| !text.trim().is_empty()), "{path}/{language}");
                    }
                }
                Value::Object(members) => {
                    members.iter().for_each(|(name, member)| check(member, &format!("{path}/{name}")))
                }
                Value::Array(items) => items.iter().for_each(|item| check(item, path)),
                _ => {}
            }
        }
        FILES.iter().for_each(|text| check(&serde_json::from_str(text).expect("JSON"), ""));
    }
}
