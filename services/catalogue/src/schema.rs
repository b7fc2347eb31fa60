//! The tables of this service, as diesel sees them.

diesel::table! {
    procedures (code) {
        code -> Text,
        current_version -> Nullable<Int4>,
    }
}

diesel::table! {
    procedure_versions (procedure, version) {
        procedure -> Text,
        version -> Int4,
        published_at -> Timestamptz,
        field -> Text,
        name_vi -> Text,
        name_en -> Text,
        levels -> Array<Text>,
        life_events -> Array<Text>,
        search -> Text,
        digest -> Binary,
        content -> Jsonb,
        also_called -> Array<Text>,
    }
}

diesel::joinable!(procedure_versions -> procedures (procedure));
diesel::allow_tables_to_appear_in_same_query!(procedures, procedure_versions);
