//! The level of government that an agency belongs to.

use crate::AgencyCode;

closed_list! {
    /// A level of government. There are two since 1 July 2025.
    pub enum AdministrativeLevel: "a level of government" {
        /// The province and its departments.
        Province = "PROVINCE",
        /// The commune.
        Commune = "COMMUNE",
    }
}

impl AdministrativeLevel {
    /// The level of an agency, by its code: communes have numbers from 100 in their province (`H44.100`), whatever is below
    /// them is theirs; departments have smaller ones. Codes of the form before 2022 are the province's.
    #[must_use]
    pub fn of(agency: &AgencyCode) -> Self {
        let number = agency.as_str().strip_prefix('H').and_then(|code| code.split('.').nth(1));
        match number.and_then(|number| number.parse::<u16>().ok()) {
            Some(100..) => Self::Commune,
            _ => Self::Province,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AdministrativeLevel;

    #[test]
    fn an_agencys_level_is_told_by_its_code() {
        for (code, level) in [
            ("H44", "PROVINCE"),
            ("H44.01", "PROVINCE"),
            ("H44.100", "COMMUNE"),
            ("H44.100.1", "COMMUNE"),
            ("000.00.01.H22", "PROVINCE"),
        ] {
            assert_eq!(AdministrativeLevel::of(&code.parse().expect("a code")).as_str(), level, "{code}");
        }
    }
}
