//! The tables of `migrations/`, as diesel sees them.

diesel::table! {
    contacts (id) {
        id -> Uuid,
        kind -> Text,
        name -> Text,
        email -> Text,
        phone -> Nullable<Text>,
        language -> Text,
    }
}

diesel::table! {
    agencies (code) {
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
    }
}

diesel::table! {
    official_posts (agency, role, official_id) {
        agency -> Text,
        role -> Text,
        official_id -> Uuid,
    }
}

diesel::table! {
    messages (id) {
        id -> Uuid,
        recipient_id -> Nullable<Uuid>,
        channel -> Text,
        template -> Text,
        language -> Text,
        subject -> Nullable<Text>,
        body_text -> Text,
        body_html -> Nullable<Text>,
        address -> Text,
        about -> Nullable<Text>,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        state -> Text,
        provider_reference -> Nullable<Text>,
        trace_id -> Nullable<Text>,
        request_id -> Nullable<Text>,
        secret -> Nullable<Text>,
        alerts -> Nullable<Int4>,
        page -> Nullable<Text>,
        short_of -> Nullable<Uuid>,
        read_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    message_attempts (message_id, number) {
        message_id -> Uuid,
        number -> Int4,
        at -> Timestamptz,
        outcome -> Text,
        detail -> Text,
        id -> Nullable<Uuid>,
    }
}

diesel::joinable!(official_posts -> contacts (official_id));
diesel::allow_tables_to_appear_in_same_query!(official_posts, contacts);
