//! The life events that people look for procedures by.

use civic::LocalText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happens in the life of a person or of a business. Several procedures may belong to one, and one to several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LifeEvent {
    /// A child is born.
    Birth,
    /// School and studies.
    Education,
    /// Work, and looking for it.
    Work,
    /// Marriage and family.
    Marriage,
    /// Moving house, and papers of identity.
    Residence,
    /// Land, and what is built on it.
    Land,
    /// Vehicles and driving.
    Vehicle,
    /// Illness, disability and support.
    Health,
    /// Old age.
    Retirement,
    /// Somebody died.
    Death,
    /// A business begins, changes or ends.
    Business,
}

impl LifeEvent {
    /// Every life event, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Birth,
        Self::Education,
        Self::Work,
        Self::Marriage,
        Self::Residence,
        Self::Land,
        Self::Vehicle,
        Self::Health,
        Self::Retirement,
        Self::Death,
        Self::Business,
    ];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Birth => "BIRTH",
            Self::Education => "EDUCATION",
            Self::Work => "WORK",
            Self::Marriage => "MARRIAGE",
            Self::Residence => "RESIDENCE",
            Self::Land => "LAND",
            Self::Vehicle => "VEHICLE",
            Self::Health => "HEALTH",
            Self::Retirement => "RETIREMENT",
            Self::Death => "DEATH",
            Self::Business => "BUSINESS",
        }
    }

    /// What people call it.
    pub fn name(self) -> LocalText {
        let (vi, en) = match self {
            Self::Birth => ("Có con", "Having a child"),
            Self::Education => ("Học tập", "School and studies"),
            Self::Work => ("Việc làm", "Work"),
            Self::Marriage => ("Hôn nhân và gia đình", "Marriage and family"),
            Self::Residence => ("Cư trú và giấy tờ tùy thân", "Residence and papers of identity"),
            Self::Land => ("Đất đai, nhà ở", "Land and housing"),
            Self::Vehicle => ("Phương tiện và người lái", "Vehicles and driving"),
            Self::Health => ("Sức khỏe và trợ giúp xã hội", "Health and social support"),
            Self::Retirement => ("Nghỉ hưu", "Retirement"),
            Self::Death => ("Người thân qua đời", "Death of a relative"),
            Self::Business => ("Kinh doanh", "Doing business"),
        };
        LocalText::new(vi, en)
    }
}

#[cfg(test)]
mod tests {
    use super::LifeEvent;

    #[test]
    fn every_life_event_is_written_alike_in_storage_and_on_the_wire() {
        for event in LifeEvent::ALL {
            assert_eq!(serde_json::to_value(event).expect("JSON"), event.as_str());
        }
    }
}
