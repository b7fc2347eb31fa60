//! Demonstration data: an invented corner of a province, its people, and how to sign in as them.

mod people;
mod places;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{AgencyCode, LocalText, MemberRole, OfficialRole, VIETNAM, events, search::plain};
use diesel_async::AsyncPgConnection;
use queue::Outbox;
use runtime::Life;
use uuid::{Uuid, uuid};

use crate::{
    config::Config,
    domain::{client_secret, password::PUBLISHED},
    passwords,
    store::{
        agencies::{self, Agency},
        api_clients::{self, ApiClient},
        capacities,
        organisations::{self, Organisation},
        users,
    },
};
use people::{CITIZENS, Citizen, OF_SEVERAL_CAPACITIES, OFFICIALS, Official};
use places::AGENCIES;

/// The API client of the demonstration.
const CLIENT_ID: &str = "motcua-demo";
/// What its secret is made of. Published, as the password is.
const CLIENT_RANDOM: [u8; 32] = *b"motcua demonstration, no secret.";
/// The scopes that the client has.
const SCOPES: [&str; 2] = ["dossiers", "payments"];

/// UUIDv5 of `demonstration.motcua.vn` in the DNS namespace.
const NAMESPACE: Uuid = uuid!("c2e28c82-5267-5a9a-bb76-378fff4a83fe");

const ORGANISATION: &str = "Công ty TNHH Thử Nghiệm Một Cửa (minh họa)";
const ORGANISATION_EMAIL: &str = "doanhnghiep@example.vn";
/// Its check digit holds, and no tax office has the prefix 00 00: it cannot be anybody's.
const TAX_NUMBER: &str = "0000000017";

/// A way into the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemonstrationLogin {
    /// Who it is.
    pub who: LocalText,
    /// The e-mail address, or the API client's id.
    pub login: String,
    /// The password, or the API client's secret.
    pub secret: String,
}

/// Everybody who can sign in after the demonstration data was loaded, for the binary to print.
pub fn demonstration_logins() -> Vec<DemonstrationLogin> {
    let login = |vi: &str, en: &str, login: &str| DemonstrationLogin {
        who: LocalText::new(vi, en),
        login: login.to_owned(),
        secret: PUBLISHED.to_owned(),
    };
    let citizens = CITIZENS.iter().map(|citizen| {
        let (mut vi, mut en) = (format!("Công dân {}", citizen.name), format!("Citizen {}", citizen.name));
        if citizen.email == OF_SEVERAL_CAPACITIES.0.email {
            vi += ", cũng là thành viên doanh nghiệp và cán bộ tiếp nhận tại H44.102";
            en += ", also a member of the business and receiving official at H44.102";
        }
        login(&vi, &en, citizen.email)
    });
    let officials = OFFICIALS.iter().map(|official| {
        let at = official.agency;
        login(&format!("{} tại {at}", official.title.0), &format!("{} at {at}", official.title.1), official.email)
    });
    let client = DemonstrationLogin {
        who: LocalText::new("Phần mềm của doanh nghiệp (OAuth 2.0)", "A business's program (OAuth 2.0)"),
        login: CLIENT_ID.to_owned(),
        secret: client_secret::secret(CLIENT_RANDOM),
    };
    citizens.chain(officials).chain([client]).collect()
}

/// Loads the demonstration data. What is there already stays as it is, and is not told again.
pub async fn load(config: Config, life: Life) -> Result<()> {
    let pool = pg::Pool::new(&config.backend.database)?;
    // One hash for all: with a published password nothing is lost, and the first start is seconds shorter.
    let salt = life.random.bytes::<16>();
    let password_hash = tokio::task::spawn_blocking(move || passwords::hash(PUBLISHED, &salt)).await??;
    let loading = Loading { outbox: Outbox::new("accounts", life.clone()), now: life.clock.now(), password_hash };
    pool.transaction(async |conn| loading.everything(conn).await).await
}

/// How an official is reached.
struct Contact {
    email: &'static str,
    name: &'static str,
    phone: &'static str,
}

struct Loading {
    outbox: Outbox,
    now: DateTime<Utc>,
    password_hash: String,
}

impl Loading {
    async fn everything(&self, conn: &mut AsyncPgConnection) -> Result<()> {
        for (code, parent, vi, en) in AGENCIES {
            self.agency(conn, code, *parent, LocalText::new(*vi, *en)).await?;
        }
        for official in OFFICIALS {
            self.official(conn, official).await?;
        }
        for citizen in CITIZENS {
            self.citizen(conn, citizen).await?;
        }
        let (person, agency, roles) = OF_SEVERAL_CAPACITIES;
        let contact = Contact { email: person.email, name: person.name, phone: person.phone };
        self.post(conn, &contact, &agency.parse()?, roles).await?;
        self.business(conn).await
    }

    async fn agency(
        &self,
        conn: &mut AsyncPgConnection,
        code: &str,
        parent: Option<&str>,
        name: LocalText,
    ) -> Result<()> {
        // The day the two-level government began.
        let valid_from = NaiveDate::from_ymd_opt(2025, 7, 1).context("a date")?;
        let row = Agency {
            code: code.parse()?,
            name_vi: name.vi.clone(),
            name_en: name.en.clone(),
            search_text: plain(&format!("{} | {}", name.vi, name.en)),
            parent: parent.map(str::parse).transpose()?,
            valid_from,
            valid_until: None,
            contact: places::contact(code, &name)?,
            contact_version: 0,
        };
        if agencies::add(conn, &row).await? {
            self.outbox.put(conn, &events::AgencyOpened::from(row)).await?;
        }
        Ok(())
    }

    async fn official(&self, conn: &mut AsyncPgConnection, official: &Official) -> Result<()> {
        users::add(conn, &official.user(id_of(official.email), self.now)?, &self.password_hash).await?;
        let contact = Contact { email: official.email, name: official.name, phone: official.phone };
        self.post(conn, &contact, &official.agency.parse()?, official.roles).await
    }

    /// Gives a person a post, and says so unless she had it already.
    async fn post(
        &self,
        conn: &mut AsyncPgConnection,
        person: &Contact,
        agency: &AgencyCode,
        roles: &[OfficialRole],
    ) -> Result<()> {
        let id = id_of(person.email);
        let mut is_new = false;
        for role in roles {
            is_new |= users::assign(conn, id, agency, *role, self.now).await?;
        }
        if is_new {
            let posts = capacities::posts(conn, id, self.now.with_timezone(&VIETNAM).date_naive()).await?;
            let roles =
                posts.into_iter().find(|post| post.agency == *agency).map(|post| post.roles).unwrap_or_default();
            let (name, email) = (person.name.parse()?, person.email.parse()?);
            let (phone, agency) = (Some(person.phone.parse()?), agency.clone());
            let assigned =
                events::OfficialAssigned { official_id: id, name, email, phone, agency, roles, citizen_number: None };
            self.outbox.put(conn, &assigned).await?;
        }
        Ok(())
    }

    async fn citizen(&self, conn: &mut AsyncPgConnection, citizen: &Citizen) -> Result<()> {
        let id = id_of(citizen.email);
        let user = citizen.user(id, self.now)?;
        if users::add(conn, &user, &self.password_hash).await? {
            let registered = events::AccountRegistered {
                account_id: id,
                name: user.name,
                email: user.email,
                phone: user.phone,
                language: user.language,
            };
            self.outbox.put(conn, &registered).await?;
        }
        Ok(())
    }

    async fn business(&self, conn: &mut AsyncPgConnection) -> Result<()> {
        let id = id_of(TAX_NUMBER);
        let organisation = Organisation {
            id,
            name: ORGANISATION.to_owned(),
            tax_number: TAX_NUMBER.to_owned(),
            email: ORGANISATION_EMAIL.to_owned(),
            phone: None,
            created_at: self.now,
        };
        if organisations::add(conn, &organisation).await? {
            let email = ORGANISATION_EMAIL.parse()?;
            let name = ORGANISATION.to_owned();
            let registered = events::OrganisationRegistered { organisation_id: id, name, email, phone: None };
            self.outbox.put(conn, &registered).await?;
        }
        for (member, role) in
            [(&CITIZENS[1], MemberRole::Representative), (OF_SEVERAL_CAPACITIES.0, MemberRole::Member)]
        {
            organisations::join(conn, id_of(member.email), id, role, self.now).await?;
        }
        let secret = client_secret::secret(CLIENT_RANDOM);
        let client = ApiClient {
            id: id_of(CLIENT_ID),
            client_id: CLIENT_ID.to_owned(),
            name: "Phần mềm kế toán (minh họa)".to_owned(),
            organisation_id: id,
            secret_hash: client_secret::digest(&secret).context("our own secret is well-formed")?.to_vec(),
            scopes: SCOPES.map(ToOwned::to_owned).to_vec(),
            created_at: self.now,
            expires_at: self.now + TimeDelta::days(3650),
            disabled_at: None,
            generation: 0,
        };
        api_clients::add(conn, &client).await?;
        Ok(())
    }
}

/// The same id at every loading, on every machine.
fn id_of(name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_is_the_derived_one() {
        assert_eq!(NAMESPACE, Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"demonstration.motcua.vn"));
    }

    #[test]
    fn every_word_of_the_demonstration_is_valid_vocabulary() {
        for (code, parent, ..) in AGENCIES {
            code.parse::<AgencyCode>().expect(code);
            let above =
                |parent: &&str| AGENCIES.iter().take_while(|(own, ..)| own != code).any(|(own, ..)| own == parent);
            assert!(parent.as_ref().is_none_or(above), "{code} comes after its parent");
        }
        for official in OFFICIALS {
            assert!(AGENCIES.iter().any(|(code, ..)| *code == official.agency), "{}", official.email);
            official.email.parse::<civic::Email>().expect(official.email);
        }
        assert!(AGENCIES.iter().any(|(code, ..)| *code == OF_SEVERAL_CAPACITIES.1));
        for citizen in CITIZENS {
            citizen.user(id_of(citizen.email), DateTime::UNIX_EPOCH).expect(citizen.email);
        }
        TAX_NUMBER.parse::<civic::TaxNumber>().expect("a tax number");
    }
}
