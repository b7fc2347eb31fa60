//! Invented agencies under the real code of Phú Thọ. Every name says that it is for demonstration.

use anyhow::Result;
use civic::LocalText;

use crate::store::agencies::Contact;

/// Code, parent, Vietnamese name, English name; parents first.
type NewAgency = (&'static str, Option<&'static str>, &'static str, &'static str);

/// How an agency is reached: at an invented address, by a mailbox that nobody has. Its check digit holds, and no tax office has the prefix
/// 00 00: the number cannot be anybody's.
pub fn contact(code: &str, name: &LocalText) -> Result<Contact> {
    Ok(Contact {
        address: Some(format!("Số 1 đường Minh Họa, {}", name.vi.trim_end_matches(" (minh họa)"))),
        phone: Some("0210 380 0000".parse()?),
        email: Some(format!("{}@example.vn", code.to_lowercase().replace('.', "-")).parse()?),
        tax_number: Some("0000000017".parse()?),
    })
}

/// The province, three departments, seven communes and their police.
pub const AGENCIES: &[NewAgency] = &[
    ("H44", None, "Ủy ban nhân dân tỉnh Phú Thọ (minh họa)", "People's Committee of Phú Thọ Province (demonstration)"),
    ("H44.01", Some("H44"), "Sở Tư pháp (minh họa)", "Department of Justice (demonstration)"),
    ("H44.02", Some("H44"), "Sở Xây dựng (minh họa)", "Department of Construction (demonstration)"),
    (
        "H44.03",
        Some("H44"),
        "Sở Nông nghiệp và Môi trường (minh họa)",
        "Department of Agriculture and Environment (demonstration)",
    ),
    commune(
        "H44.100",
        "Ủy ban nhân dân phường Đồi Chè (minh họa)",
        "People's Committee of Đồi Chè Ward (demonstration)",
    ),
    commune(
        "H44.101",
        "Ủy ban nhân dân xã Suối Mây (minh họa)",
        "People's Committee of Suối Mây Commune (demonstration)",
    ),
    commune(
        "H44.102",
        "Ủy ban nhân dân xã Rừng Cọ (minh họa)",
        "People's Committee of Rừng Cọ Commune (demonstration)",
    ),
    commune(
        "H44.103",
        "Ủy ban nhân dân xã Bến Thao (minh họa)",
        "People's Committee of Bến Thao Commune (demonstration)",
    ),
    commune(
        "H44.104",
        "Ủy ban nhân dân xã Đầm Sen (minh họa)",
        "People's Committee of Đầm Sen Commune (demonstration)",
    ),
    commune(
        "H44.105",
        "Ủy ban nhân dân xã Núi Voi (minh họa)",
        "People's Committee of Núi Voi Commune (demonstration)",
    ),
    commune(
        "H44.106",
        "Ủy ban nhân dân xã Đồng Bưởi (minh họa)",
        "People's Committee of Đồng Bưởi Commune (demonstration)",
    ),
    ("H44.100.1", Some("H44.100"), "Công an phường Đồi Chè (minh họa)", "Police of Đồi Chè Ward (demonstration)"),
    ("H44.101.1", Some("H44.101"), "Công an xã Suối Mây (minh họa)", "Police of Suối Mây Commune (demonstration)"),
    ("H44.102.1", Some("H44.102"), "Công an xã Rừng Cọ (minh họa)", "Police of Rừng Cọ Commune (demonstration)"),
    ("H44.103.1", Some("H44.103"), "Công an xã Bến Thao (minh họa)", "Police of Bến Thao Commune (demonstration)"),
    ("H44.104.1", Some("H44.104"), "Công an xã Đầm Sen (minh họa)", "Police of Đầm Sen Commune (demonstration)"),
    ("H44.105.1", Some("H44.105"), "Công an xã Núi Voi (minh họa)", "Police of Núi Voi Commune (demonstration)"),
    ("H44.106.1", Some("H44.106"), "Công an xã Đồng Bưởi (minh họa)", "Police of Đồng Bưởi Commune (demonstration)"),
];

const fn commune(code: &'static str, vi: &'static str, en: &'static str) -> NewAgency {
    (code, Some("H44"), vi, en)
}
