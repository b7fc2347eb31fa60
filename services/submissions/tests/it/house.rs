//! A world with this service, its procedures, two agencies, and short words for what tests do with it.

use std::path::PathBuf;

use civic::{
    LocalText, OfficialRole, Vnd,
    events::{AgencyOpened, PaymentSettled},
};
use serde_json::{Value, json};
use testkit::{Answer, Method, TestCaller, World, eventually};
use uuid::Uuid;

pub const BIRTH: &str = "1.001193";
pub const RESIDENCE: &str = "1.004222";
pub const COPY: &str = "2.000635";
pub const HERE: &str = "H44.100";
pub const ELSEWHERE: &str = "H44.101";
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

pub struct House {
    pub world: World,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    pub async fn open_with(flags: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("motcua-submissions-{}", Uuid::new_v4()));
        let folder_text = folder.to_str().expect("a folder's name").to_owned();
        let flags = [&["--documents-dir", folder_text.as_str()], flags].concat();
        let world = World::start_with([submissions::service()], &[("submissions", &flags)]).await;
        world.demonstrate(&submissions::service()).await;
        let house = Self { world, folder };
        for (agency, name) in [(HERE, "Phường Việt Trì"), (ELSEWHERE, "Xã Thanh Miếu")] {
            house.open_agency(agency, name).await;
        }
        house
    }

    /// Tells of an agency and waits until dossiers can be begun there.
    pub async fn open_agency(&self, agency: &str, name: &str) {
        let (agency, name) = (agency.parse().expect("a code"), LocalText::new(name, name));
        self.world.publish("accounts", &AgencyOpened { agency, name, parent: None }).await;
        let code = name_of(self, agency_code(self, &self.world).await);
        let _ = code;
    }

    pub fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &PathBuf, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(&self.folder, &mut found);
        found
    }
}
