//! The tables of `migrations/`, as diesel sees them.

diesel::table! {
    outbox (id) {
        id -> Uuid,
        position -> Int8,
        #[sql_name = "type"]
        event_type -> Text,
        subject -> Text,
        payload -> Text,
        waiting_for -> Array<Text>,
        addressed_to -> Nullable<Array<Text>>,
        created_at -> Timestamptz,
        available_at -> Timestamptz,
        attempts -> Int4,
        published_at -> Nullable<Timestamptz>,
        receipted_at -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    replays (listener, event_type) {
        listener -> Text,
        #[sql_name = "type"]
        event_type -> Text,
        after -> Text,
    }
}

diesel::table! {
    inbox (event_id) {
        event_id -> Uuid,
        received_at -> Timestamptz,
    }
}

diesel::table! {
    dead_letter (event_id) {
        event_id -> Uuid,
        #[sql_name = "type"]
        event_type -> Text,
        payload -> Text,
        error -> Text,
        failed_at -> Timestamptz,
        replayed_at -> Nullable<Timestamptz>,
        again_at -> Nullable<Timestamptz>,
        first_failed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        payload -> Text,
        traceparent -> Nullable<Text>,
        request_id -> Nullable<Text>,
        created_at -> Timestamptz,
        run_at -> Timestamptz,
        attempts -> Int4,
        locked_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        failed_at -> Nullable<Timestamptz>,
        failing_since -> Nullable<Timestamptz>,
        runs_ended -> Int4,
    }
}

diesel::table! {
    outbox_horizon (only_row) {
        only_row -> Bool,
        receipted_before -> Timestamptz,
    }
}
