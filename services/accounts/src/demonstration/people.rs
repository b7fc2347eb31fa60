//! Invented people. Citizen numbers begin with 000, which is no province's.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{CitizenNumber, DatePrecision, Gender, Language, OfficialRole, OfficialRole::*};
use edge::CallerKind;
use uuid::Uuid;

use crate::store::users::User;

/// An official and what she does at one agency.
pub struct Official {
    pub email: &'static str,
    /// Where alerts are sent by SMS. Invented.
    pub phone: &'static str,
    pub name: &'static str,
    /// What the office is called, in Vietnamese and English.
    pub title: (&'static str, &'static str),
    pub agency: &'static str,
    pub roles: &'static [OfficialRole],
}

/// A citizen.
pub struct Citizen {
    pub email: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub citizen_number: &'static str,
    pub birth_date: &'static str,
    pub gender: Gender,
}

/// An official for each role at the ward, and a second one where somebody must be able to stand in; at a commune and at the ward's police enough to see a
/// dossier through, at the commune with two pairs of eyes; at the province two who keep what procedures say.
pub const OFFICIALS: &[Official] = &[
    Official {
        email: "tiepnhan@h44-100.example.vn",
        phone: "+84900000101",
        name: "Trần Thị Tiếp",
        title: ("Cán bộ tiếp nhận", "Receiving official"),
        agency: "H44.100",
        roles: &[Receiver],
    },
    Official {
        email: "xuly@h44-100.example.vn",
        phone: "+84900000102",
        name: "Lê Văn Xử",
        title: ("Chuyên viên xử lý, được ủy quyền ký", "Specialist who may also sign"),
        agency: "H44.100",
        roles: &[Processor, Approver],
    },
    Official {
        email: "tiepnhan2@h44-100.example.vn",
        phone: "+84900000110",
        name: "Hồ Thị Đón",
        title: ("Cán bộ tiếp nhận thứ hai", "Second receiving official"),
        agency: "H44.100",
        roles: &[Receiver],
    },
    Official {
        email: "xuly2@h44-100.example.vn",
        phone: "+84900000111",
        name: "Trịnh Văn Giải",
        title: ("Chuyên viên xử lý thứ hai, được ủy quyền ký", "Second specialist who may also sign"),
        agency: "H44.100",
        roles: &[Processor, Approver],
    },
    Official {
        email: "lanhdao@h44-100.example.vn",
        phone: "+84900000103",
        name: "Phạm Thị Duyệt",
        title: ("Lãnh đạo phê duyệt", "Approving leader"),
        agency: "H44.100",
        roles: &[Approver],
    },
    Official {
        email: "thungan@h44-100.example.vn",
        phone: "+84900000104",
        name: "Hoàng Văn Thu",
        title: ("Thu ngân", "Cashier"),
        agency: "H44.100",
        roles: &[Cashier],
    },
    Official {
        email: "giamsat@h44-100.example.vn",
        phone: "+84900000105",
        name: "Vũ Thị Giám",
        title: ("Cán bộ giám sát", "Auditor"),
        agency: "H44.100",
        roles: &[Auditor],
    },
    Official {
        email: "quantri@h44-100.example.vn",
        phone: "+84900000106",
        name: "Đặng Văn Quản",
        title: ("Quản trị cơ quan", "Agency administrator"),
        agency: "H44.100",
        roles: &[AgencyAdministrator],
    },
    Official {
        email: "tiepnhan@h44-101.example.vn",
        phone: "+84900000107",
        name: "Bùi Thị Nhận",
        title: ("Cán bộ tiếp nhận", "Receiving official"),
        agency: "H44.101",
        roles: &[Receiver],
    },
    Official {
        email: "xuly@h44-101.example.vn",
        phone: "+84900000108",
        name: "Đỗ Văn Lý",
        title: ("Chuyên viên xử lý, được ủy quyền ký", "Specialist who may also sign"),
        agency: "H44.101",
        roles: &[Processor, Approver],
    },
    Official {
        email: "lanhdao@h44-101.example.vn",
        phone: "+84900000112",
        name: "Cao Thị Ký",
        title: ("Lãnh đạo phê duyệt", "Approving leader"),
        agency: "H44.101",
        roles: &[Approver],
    },
    Official {
        email: "congan@h44-100.example.vn",
        phone: "+84900000109",
        name: "Ngô Văn An Ninh",
        title: ("Cán bộ công an phường", "Ward police official"),
        agency: "H44.100.1",
        roles: &[Receiver, Processor, Approver],
    },
    Official {
        email: "kiemsoat@h44.example.vn",
        phone: "+84900000113",
        name: "Lương Thị Soát",
        title: ("Cán bộ kiểm soát thủ tục hành chính", "Controller of procedures"),
        agency: "H44",
        roles: &[ProcedureController],
    },
    Official {
        email: "kiemsoat2@h44.example.vn",
        phone: "+84900000114",
        name: "Mai Văn Xét",
        title: ("Cán bộ kiểm soát thủ tục hành chính thứ hai", "Second controller of procedures"),
        agency: "H44",
        roles: &[ProcedureController],
    },
];

/// Four citizens. The second belongs to the business; so does the fourth, who serves at a commune too.
pub const CITIZENS: &[Citizen] = &[
    Citizen {
        email: "an@example.vn",
        name: "Nguyễn Văn An",
        phone: "+84900000001",
        citizen_number: "000090000001",
        birth_date: "1990-03-15",
        gender: Gender::Male,
    },
    Citizen {
        email: "binh@example.vn",
        name: "Trần Thị Bình",
        phone: "+84900000002",
        citizen_number: "000185000002",
        birth_date: "1985-11-02",
        gender: Gender::Female,
    },
    Citizen {
        email: "chi@example.vn",
        name: "Lê Mai Chi",
        phone: "+84900000003",
        citizen_number: "000304000003",
        birth_date: "2004-06-30",
        gender: Gender::Female,
    },
    Citizen {
        email: "dung@example.vn",
        name: "Phạm Thị Dung",
        phone: "+84900000004",
        citizen_number: "000188000004",
        birth_date: "1988-09-20",
        gender: Gender::Female,
    },
];

/// Who acts in several capacities with one account: herself, a member of the business, and an official.
pub const OF_SEVERAL_CAPACITIES: (&Citizen, &str, &[OfficialRole]) = (&CITIZENS[3], "H44.102", &[Receiver]);

impl Official {
    /// The account.
    pub fn user(&self, id: Uuid, now: DateTime<Utc>) -> anyhow::Result<User> {
        Ok(User {
            id,
            kind: CallerKind::Official,
            name: self.name.parse()?,
            email: self.email.parse()?,
            phone: Some(self.phone.parse()?),
            citizen_number: None,
            birth_date: None,
            birth_precision: DatePrecision::Day,
            gender: None,
            language: Language::Vi,
            created_at: now,
            closed_at: None,
        })
    }
}

impl Citizen {
    /// The account, after the checks that a registration passes.
    pub fn user(&self, id: Uuid, now: DateTime<Utc>) -> anyhow::Result<User> {
        let citizen_number = self.citizen_number.parse::<CitizenNumber>()?;
        let birth_date = self.birth_date.parse::<NaiveDate>()?;
        anyhow::ensure!(
            citizen_number.fits(chrono::Datelike::year(&birth_date), self.gender),
            "{} was invented carelessly",
            self.email
        );
        Ok(User {
            id,
            kind: CallerKind::Citizen,
            name: self.name.parse()?,
            email: self.email.parse()?,
            phone: Some(self.phone.parse()?),
            citizen_number: Some(citizen_number),
            birth_date: Some(birth_date),
            birth_precision: DatePrecision::Day,
            gender: Some(self.gender),
            language: Language::Vi,
            created_at: now,
            closed_at: None,
        })
    }
}
