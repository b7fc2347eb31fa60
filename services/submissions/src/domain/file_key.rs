//! Where the bytes of a dossier's file are: below folders that stay small however many dossiers there are.

use uuid::Uuid;

/// The key of a new file. By two bytes of the dossier's id that are chance, no folder has more than 256 others, and a country's
/// dossiers are some hundreds in each of the last. What was kept before that stays where its row says.
pub fn file_key(kind: &str, dossier: Uuid, file: Uuid) -> String {
    let bytes = dossier.into_bytes();
    format!("{kind}/{:02x}/{:02x}/{dossier}/{file}", bytes[10], bytes[11])
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use sha2::{Digest, Sha256};

    use super::*;
    use crate::domain::dossier::dossier_id;

    #[test]
    fn dossiers_of_one_second_and_one_agency_are_spread_over_folders() {
        let agency = "H44.100".parse().expect("a code");
        let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for millis in 0..1000_u64 {
            let chance = Sha256::digest(millis.to_be_bytes()).first_chunk().copied().expect("ten bytes");
            let new = uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid();
            let key = file_key("dossiers", dossier_id(new, &agency), Uuid::nil());
            let parts: Vec<_> = key.split('/').collect();
            for depth in 1..parts.len() {
                folders.entry(parts[..depth].join("/")).or_default().insert(parts[depth].to_owned());
            }
        }
        let largest = |depth| {
            let of_depth = folders.iter().filter(|(folder, _)| folder.split('/').count() == depth);
            of_depth.map(|(_, entries)| entries.len()).max().expect("folders")
        };
        assert!(largest(1) <= 256 && largest(2) <= 256 && largest(3) <= 5, "{folders:?}");
    }
}
