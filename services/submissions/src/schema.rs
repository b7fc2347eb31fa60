//! The tables of this service, as diesel sees them.

diesel::table! {
    agencies (code) {
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
    }
}

diesel::table! {
    calendars (owner) {
        owner -> Text,
        version -> Int8,
        content -> Text,
    }
}

diesel::table! {
    procedures (code) {
        code -> Text,
        current_version -> Nullable<Uuid>,
        withdrawn_version -> Nullable<Int4>,
    }
}

diesel::table! {
    procedure_versions (id) {
        id -> Uuid,
        procedure -> Text,
        version -> Int4,
        published_at -> Timestamptz,
        field -> Text,
        name_vi -> Text,
        name_en -> Text,
        search -> Text,
        digest -> Binary,
        content -> Jsonb,
        levels -> Array<Text>,
        life_events -> Array<Text>,
    }
}

diesel::table! {
    dossiers (id) {
        id -> Uuid,
        procedure_version -> Uuid,
        agency -> Text,
        party_kind -> Text,
        party_id -> Uuid,
        filer_id -> Uuid,
        applicant_name -> Text,
        status -> Text,
        code -> Nullable<Text>,
        answers -> Text,
        version -> Int4,
        order_id -> Nullable<Uuid>,
        fee_total -> Nullable<Int8>,
        fee_paid_at -> Nullable<Timestamptz>,
        tracking_secret_hash -> Nullable<Binary>,
        created_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
        received_at -> Nullable<Timestamptz>,
        due_at -> Nullable<Timestamptz>,
        completed_at -> Nullable<Timestamptz>,
        touched_at -> Timestamptz,
        expiry_told_at -> Nullable<Timestamptz>,
        stage -> Nullable<Text>,
        stage_role -> Nullable<Text>,
        holder -> Nullable<Uuid>,
        stage_due_at -> Nullable<Timestamptz>,
        channel -> Text,
        taken_at -> Nullable<Text>,
        helped -> Bool,
    }
}

diesel::table! {
    handed_papers (dossier, component) {
        dossier -> Uuid,
        component -> Text,
        originals -> Int2,
        copies -> Int2,
    }
}

diesel::table! {
    consents (dossier) {
        dossier -> Uuid,
        helper -> Uuid,
        agency -> Text,
        proof -> Text,
        given_at -> Timestamptz,
    }
}

diesel::table! {
    visitors (citizen_number) {
        citizen_number -> Text,
        party -> Uuid,
        noted_at -> Timestamptz,
    }
}

diesel::table! {
    dossier_history (dossier, seq) {
        dossier -> Uuid,
        seq -> Int4,
        at -> Timestamptz,
        from_status -> Text,
        to_status -> Text,
        actor_kind -> Text,
        actor_id -> Nullable<Uuid>,
        note -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    contact_phones (party_kind, party_id) {
        party_kind -> Text,
        party_id -> Uuid,
        phone -> Text,
    }
}

diesel::table! {
    dossier_words (dossier) {
        dossier -> Uuid,
        words -> Text,
    }
}

diesel::table! {
    charges (dossier, round) {
        dossier -> Uuid,
        round -> Int4,
        reason -> Text,
        order_id -> Uuid,
        lines -> Text,
        total -> Int8,
        state -> Text,
        order_version -> Int8,
        asked_at -> Timestamptz,
        due_at -> Nullable<Timestamptz>,
        paid_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    clock_periods (dossier, seq) {
        dossier -> Uuid,
        seq -> Int4,
        kind -> Text,
        reason -> Nullable<Text>,
        from_at -> Timestamptz,
        until_at -> Nullable<Timestamptz>,
        due_before -> Nullable<Timestamptz>,
        due_after -> Nullable<Timestamptz>,
        recounted -> Bool,
        restarted -> Bool,
    }
}

diesel::table! {
    custody (dossier, seq) {
        dossier -> Uuid,
        seq -> Int4,
        from_agency -> Nullable<Text>,
        from_official -> Nullable<Uuid>,
        to_agency -> Text,
        to_official -> Nullable<Uuid>,
        handed_over_at -> Timestamptz,
        due_at -> Nullable<Timestamptz>,
        accepted_at -> Nullable<Timestamptz>,
        stage -> Nullable<Text>,
        kind -> Text,
        note -> Nullable<Text>,
        done_by -> Nullable<Uuid>,
        meant_for -> Nullable<Uuid>,
        deputies -> Array<Uuid>,
    }
}

diesel::table! {
    officials (id) {
        id -> Uuid,
        name -> Text,
        citizen_number -> Nullable<Text>,
    }
}

diesel::table! {
    official_posts (official, agency, role) {
        official -> Uuid,
        agency -> Text,
        role -> Text,
    }
}

diesel::table! {
    leaves (id) {
        id -> Uuid,
        agency -> Text,
        official -> Uuid,
        deputy -> Uuid,
        first_day -> Date,
        last_day -> Date,
        noted_by -> Uuid,
        noted_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        first_part -> Text,
        last_part -> Text,
    }
}

diesel::table! {
    requests (dossier, seq) {
        dossier -> Uuid,
        seq -> Int4,
        kind -> Text,
        state -> Text,
        asked_of -> Nullable<Text>,
        asked_by -> Uuid,
        asked_at -> Timestamptz,
        text -> Text,
        answer_by -> Nullable<Timestamptz>,
        answered_at -> Nullable<Timestamptz>,
        override_reason -> Nullable<Text>,
        shows_papers -> Bool,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uuid>,
        declined -> Bool,
    }
}

diesel::table! {
    request_files (id) {
        id -> Uuid,
        dossier -> Uuid,
        request -> Int4,
        file_name -> Text,
        media_type -> Text,
        size -> Int8,
        sha256 -> Binary,
        object_key -> Text,
        uploaded_at -> Timestamptz,
        uploaded_by -> Uuid,
    }
}

diesel::table! {
    asked_papers (dossier, request, component) {
        dossier -> Uuid,
        request -> Int4,
        component -> Text,
        reason -> Text,
        guidance -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> Uuid,
        dossier -> Uuid,
        component -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> Int8,
        sha256 -> Binary,
        object_key -> Text,
        uploaded_at -> Timestamptz,
        request -> Nullable<Int4>,
    }
}

diesel::table! {
    results (id) {
        id -> Uuid,
        dossier -> Uuid,
        file_name -> Text,
        media_type -> Text,
        size -> Int8,
        sha256 -> Binary,
        object_key -> Text,
        uploaded_at -> Timestamptz,
        issued_by -> Uuid,
        kind -> Text,
        replaced_by -> Nullable<Int4>,
    }
}

diesel::table! {
    returns (dossier) {
        dossier -> Uuid,
        way -> Text,
        returned_to -> Nullable<Text>,
        returned_by -> Uuid,
        returned_at -> Timestamptz,
    }
}

diesel::table! {
    supplied_papers (dossier, request, component) {
        dossier -> Uuid,
        request -> Int4,
        component -> Text,
        originals -> Int2,
        copies -> Int2,
    }
}

diesel::table! {
    wanted_returns (dossier) {
        dossier -> Uuid,
        way -> Text,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        chosen_at -> Timestamptz,
    }
}

diesel::table! {
    manifests (id) {
        id -> Uuid,
        agency -> Text,
        year -> Int4,
        number -> Int4,
        state -> Text,
        made_by -> Uuid,
        made_at -> Timestamptz,
        carrier -> Nullable<Text>,
        ended_by -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    parcels (id) {
        id -> Uuid,
        manifest -> Uuid,
        position -> Int4,
        dossier -> Uuid,
        recipient -> Text,
        address -> Text,
        phone -> Nullable<Text>,
        state -> Text,
        item_code -> Nullable<Text>,
        collected_by -> Nullable<Text>,
        noted_at -> Timestamptz,
    }
}

diesel::table! {
    replaced_returns (dossier, request) {
        dossier -> Uuid,
        request -> Int4,
        way -> Text,
        returned_to -> Nullable<Text>,
        returned_by -> Uuid,
        returned_at -> Timestamptz,
    }
}

diesel::table! {
    lateness_causes (dossier, seq) {
        dossier -> Uuid,
        seq -> Int4,
        cause -> Text,
        proof -> Text,
        noted_by -> Uuid,
        noted_at -> Timestamptz,
    }
}

diesel::table! {
    watches (dossier) {
        dossier -> Uuid,
        agency -> Text,
        look_at -> Timestamptz,
    }
}

diesel::table! {
    alerts (dossier, kind, due_at, step) {
        dossier -> Uuid,
        kind -> Text,
        due_at -> Timestamptz,
        step -> Text,
        fell_due_at -> Timestamptz,
        told_at -> Timestamptz,
        told_to -> Array<Uuid>,
    }
}

diesel::table! {
    notes (id) {
        id -> Uuid,
        dossier -> Uuid,
        author -> Uuid,
        author_name -> Text,
        written_at -> Timestamptz,
        text -> Text,
    }
}

diesel::table! {
    phrases (id) {
        id -> Uuid,
        agency -> Text,
        action -> Text,
        text -> Text,
        added_by -> Uuid,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    code_counters (agency, day) {
        agency -> Text,
        day -> Date,
        last -> Int4,
    }
}

diesel::joinable!(dossiers -> agencies (agency));
diesel::joinable!(parcels -> dossiers (dossier));
diesel::joinable!(parcels -> manifests (manifest));
diesel::joinable!(official_posts -> officials (official));
diesel::joinable!(dossiers -> procedure_versions (procedure_version));
diesel::allow_tables_to_appear_in_same_query!(official_posts, officials);
diesel::allow_tables_to_appear_in_same_query!(official_posts, agencies);
diesel::allow_tables_to_appear_in_same_query!(manifests, parcels);
diesel::allow_tables_to_appear_in_same_query!(parcels, dossiers);
diesel::allow_tables_to_appear_in_same_query!(manifests, dossiers);
diesel::allow_tables_to_appear_in_same_query!(
    agencies,
    documents,
    dossier_history,
    dossier_words,
    dossiers,
    procedure_versions,
    procedures,
    requests,
    returns
);
