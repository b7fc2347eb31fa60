//! The tables of `migrations/`, as diesel sees them.

diesel::table! {
    users (id) {
        id -> Uuid,
        kind -> Text,
        name -> Text,
        email -> Text,
        phone -> Nullable<Text>,
        citizen_number -> Nullable<Text>,
        birth_date -> Nullable<Date>,
        gender -> Nullable<Text>,
        language -> Text,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        birth_precision -> Text,
    }
}

diesel::table! {
    credentials (user_id) {
        user_id -> Uuid,
        password_hash -> Text,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    registrations (id) {
        id -> Uuid,
        name -> Text,
        email -> Text,
        phone -> Text,
        citizen_number -> Text,
        birth_date -> Date,
        gender -> Text,
        language -> Text,
        password_hash -> Text,
        code_hash -> Nullable<Binary>,
        tries -> Int2,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        mailbox -> Nullable<Text>,
        asked_by -> Nullable<Binary>,
        birth_precision -> Text,
    }
}

diesel::table! {
    confirmations (id) {
        id -> Uuid,
        purpose -> Text,
        user_id -> Nullable<Uuid>,
        email -> Text,
        mailbox -> Text,
        asked_by -> Binary,
        code_hash -> Nullable<Binary>,
        tries -> Int2,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        origin -> Nullable<Binary>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        chain_key -> Binary,
        current_hash -> Binary,
        previous_hash -> Nullable<Binary>,
        replaced_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        revoked_for -> Nullable<Text>,
        capacity -> Nullable<Text>,
        generation -> Int4,
        revoked_in -> Nullable<Int8>,
    }
}

diesel::table! {
    sign_in_failures (email_hash) {
        email_hash -> Binary,
        failures -> Int4,
        blocked_until -> Nullable<Timestamptz>,
        last_failed_at -> Timestamptz,
    }
}

diesel::table! {
    known_devices (token_hash, user_id) {
        token_hash -> Binary,
        user_id -> Uuid,
        used_at -> Timestamptz,
    }
}

diesel::table! {
    organisations (id) {
        id -> Uuid,
        name -> Text,
        tax_number -> Text,
        email -> Text,
        phone -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    memberships (user_id, organisation_id) {
        user_id -> Uuid,
        organisation_id -> Uuid,
        created_at -> Timestamptz,
        role -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
    }
}

diesel::table! {
    agencies (code) {
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
        search_text -> Text,
        parent -> Nullable<Text>,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        tax_number -> Nullable<Text>,
        contact_version -> Int4,
    }
}

diesel::table! {
    calendars (owner, version) {
        owner -> Text,
        version -> Int8,
        content -> Text,
        changed_by -> Nullable<Uuid>,
        changed_at -> Timestamptz,
        reason -> Text,
    }
}

diesel::table! {
    official_roles (user_id, agency, role) {
        user_id -> Uuid,
        agency -> Text,
        role -> Text,
        created_at -> Timestamptz,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
    }
}

diesel::table! {
    api_clients (id) {
        id -> Uuid,
        client_id -> Text,
        name -> Text,
        organisation_id -> Uuid,
        secret_hash -> Binary,
        scopes -> Array<Text>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        disabled_at -> Nullable<Timestamptz>,
        generation -> Int4,
        revoked_in -> Nullable<Int8>,
    }
}

diesel::table! {
    signing_keys (kid) {
        kid -> Text,
        private_key -> Binary,
        public_x -> Text,
        created_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(credentials -> users (user_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(official_roles -> agencies (agency));
diesel::joinable!(api_clients -> organisations (organisation_id));
diesel::allow_tables_to_appear_in_same_query!(users, credentials);
diesel::allow_tables_to_appear_in_same_query!(users, known_devices);
diesel::joinable!(registrations -> confirmations (id));
diesel::allow_tables_to_appear_in_same_query!(registrations, confirmations);
diesel::allow_tables_to_appear_in_same_query!(memberships, organisations);
diesel::allow_tables_to_appear_in_same_query!(official_roles, agencies);
diesel::allow_tables_to_appear_in_same_query!(api_clients, organisations);
