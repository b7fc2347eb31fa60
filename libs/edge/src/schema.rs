//! Tables of this lib, as diesel sees them.

diesel::table! {
    idempotency_keys (scope, key) {
        scope -> Uuid,
        key -> Text,
        fingerprint -> Binary,
        status -> Int2,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        body -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit_log (id) {
        id -> Uuid,
        at -> Timestamptz,
        actor_id -> Nullable<Uuid>,
        actor_kind -> Text,
        action -> Text,
        subject_type -> Text,
        subject_id -> Text,
        trace_id -> Nullable<Text>,
        detail -> Jsonb,
        actor_capacity -> Nullable<Text>,
        written_at -> Timestamptz,
        origin -> Nullable<Text>,
    }
}

diesel::table! {
    audit_seals (number) {
        number -> Int8,
        written_at -> Timestamptz,
        entry -> Uuid,
        entries -> Int8,
        digest -> Binary,
        sealed_at -> Timestamptz,
    }
}
