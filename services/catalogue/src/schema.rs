//! The tables of this service, as diesel sees them.

diesel::table! {
    procedures (code) {
        code -> Text,
        current_version -> Nullable<Int4>,
        withdrawn_at -> Nullable<Timestamptz>,
        withdrawal_decision -> Nullable<Text>,
        withdrawal_reason -> Nullable<Text>,
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
        decision -> Nullable<Text>,
    }
}

diesel::table! {
    procedure_drafts (id) {
        id -> Uuid,
        procedure -> Text,
        state -> Text,
        content -> Jsonb,
        writers -> Array<Uuid>,
        created_at -> Timestamptz,
        written_by -> Text,
        written_at -> Timestamptz,
        submitted_by -> Nullable<Text>,
        submitted_at -> Nullable<Timestamptz>,
        sent_back_by -> Nullable<Text>,
        sent_back_at -> Nullable<Timestamptz>,
        sent_back_reason -> Nullable<Text>,
        approver_id -> Nullable<Uuid>,
        approved_by -> Nullable<Text>,
        approved_at -> Nullable<Timestamptz>,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        decision -> Nullable<Text>,
        in_force_from -> Nullable<Date>,
        published_version -> Nullable<Int4>,
        version -> Int4,
    }
}

diesel::joinable!(procedure_versions -> procedures (procedure));
diesel::allow_tables_to_appear_in_same_query!(procedures, procedure_versions);
