//! The tables of `migrations/`, as diesel sees them.

diesel::table! {
    orders (id) {
        id -> Uuid,
        dossier_id -> Uuid,
        code -> Text,
        agency -> Text,
        payer_kind -> Text,
        payer_id -> Uuid,
        total -> Int8,
        status -> Text,
        version -> Int4,
        due_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        paid_at -> Nullable<Timestamptz>,
        paid -> Int8,
        refunded -> Int8,
        state_since -> Timestamptz,
        dossier_end -> Nullable<Text>,
        reversals -> Int4,
        waived -> Int8,
    }
}

diesel::table! {
    order_lines (order_id, position) {
        order_id -> Uuid,
        position -> Int4,
        name_vi -> Text,
        name_en -> Text,
        quantity -> Int8,
        unit_amount -> Int8,
        amount -> Int8,
        legal_basis -> Nullable<Text>,
    }
}

diesel::table! {
    attempts (id) {
        id -> Uuid,
        order_id -> Uuid,
        provider -> Text,
        reference -> Text,
        amount -> Int8,
        status -> Text,
        provider_reference -> Nullable<Text>,
        paid_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        going_back -> Int8,
        checkout_url -> Nullable<Text>,
        joint_payment_id -> Nullable<Uuid>,
        joint_position -> Int2,
    }
}

diesel::table! {
    joint_payments (id) {
        id -> Uuid,
        payer_kind -> Text,
        payer_id -> Uuid,
        provider -> Text,
        reference -> Text,
        total -> Int8,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    provider_callbacks (id) {
        id -> Uuid,
        provider -> Text,
        channel -> Text,
        event_key -> Binary,
        raw -> Text,
        verdict -> Text,
        attempt_id -> Nullable<Uuid>,
        received_at -> Timestamptz,
        deliveries -> Int4,
        last_received_at -> Timestamptz,
    }
}

diesel::table! {
    order_history (order_id, version) {
        order_id -> Uuid,
        version -> Int4,
        at -> Timestamptz,
        cause -> Text,
        order_from -> Nullable<Text>,
        order_to -> Text,
        attempt_id -> Nullable<Uuid>,
        attempt_from -> Nullable<Text>,
        attempt_to -> Nullable<Text>,
        refund_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    bank_credits (id) {
        id -> Uuid,
        source -> Text,
        bank -> Text,
        transaction_id -> Text,
        ours -> Bool,
        amount -> Nullable<Int8>,
        content -> Text,
        codes -> Array<Text>,
        booked_at -> Timestamptz,
        raw -> Text,
        signed -> Text,
        agency -> Text,
        state -> Text,
        state_since -> Timestamptz,
        order_id -> Nullable<Uuid>,
        attempt_id -> Nullable<Uuid>,
        received_at -> Timestamptz,
        proposed_order -> Nullable<Uuid>,
        proof -> Nullable<Text>,
        proposed_by -> Nullable<Uuid>,
        proposed_by_name -> Nullable<Text>,
        decided_by -> Nullable<Uuid>,
        decided_by_name -> Nullable<Text>,
    }
}

diesel::table! {
    pay_links (id) {
        id -> Uuid,
        order_id -> Uuid,
        secret_hash -> Binary,
        made_by -> Uuid,
        made_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    ledger_accounts (id) {
        id -> Int8,
        kind -> Text,
        owner -> Text,
        currency -> Text,
    }
}

diesel::table! {
    transfers (id) {
        id -> Uuid,
        purpose -> Text,
        debit -> Int8,
        credit -> Int8,
        currency -> Text,
        amount -> Int8,
        order_id -> Uuid,
        attempt_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        cause_kind -> Text,
        cause_id -> Nullable<Uuid>,
        round -> Int4,
    }
}

diesel::table! {
    refunds (id) {
        id -> Uuid,
        order_id -> Uuid,
        attempt_id -> Uuid,
        agency -> Text,
        cause -> Text,
        amount -> Int8,
        way -> Text,
        state -> Text,
        reason -> Text,
        asked_by -> Uuid,
        asked_by_name -> Text,
        asked_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_by_name -> Nullable<Text>,
        provider_reference -> Nullable<Text>,
        proof -> Nullable<Text>,
        failure -> Nullable<Text>,
        sent_at -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
        state_since -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    waivers (id) {
        id -> Uuid,
        order_id -> Uuid,
        agency -> Text,
        code -> Text,
        class -> Text,
        legal_basis -> Text,
        proof -> Text,
        amount -> Int8,
        state -> Text,
        asked_by -> Uuid,
        asked_by_name -> Text,
        asked_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_by_name -> Nullable<Text>,
        decided_at -> Nullable<Timestamptz>,
        refusal -> Nullable<Text>,
        version -> Int4,
    }
}

diesel::table! {
    shifts (id) {
        id -> Uuid,
        agency -> Text,
        till -> Text,
        cashier_id -> Uuid,
        cashier_name -> Text,
        opened_at -> Timestamptz,
        opening -> Int8,
        closed_at -> Nullable<Timestamptz>,
        counted -> Nullable<Int8>,
        expected -> Nullable<Int8>,
        difference_reason -> Nullable<Text>,
        told_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    takings (attempt_id) {
        attempt_id -> Uuid,
        order_id -> Uuid,
        shift_id -> Uuid,
        amount -> Int8,
        received -> Int8,
        change -> Int8,
        slip -> Nullable<Text>,
        payer_name -> Nullable<Text>,
        payer_address -> Nullable<Text>,
        payer_number -> Nullable<Text>,
        taken_at -> Timestamptz,
        reversed_at -> Nullable<Timestamptz>,
        reversal_reason -> Nullable<Text>,
    }
}

diesel::table! {
    payers (kind, id) {
        kind -> Text,
        id -> Uuid,
        name -> Text,
        phone -> Nullable<Text>,
    }
}

diesel::table! {
    agencies (code) {
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
        address -> Nullable<Text>,
        tax_number -> Nullable<Text>,
    }
}

diesel::table! {
    receipt_numbers (agency, symbol, year) {
        agency -> Text,
        symbol -> Text,
        year -> Int4,
        last -> Int4,
    }
}

diesel::table! {
    receipts (id) {
        id -> Uuid,
        agency -> Text,
        symbol -> Text,
        year -> Int4,
        number -> Int4,
        attempt_id -> Uuid,
        order_id -> Uuid,
        code -> Text,
        payer_kind -> Text,
        payer_id -> Uuid,
        payer_name -> Text,
        payer_address -> Nullable<Text>,
        payer_number -> Nullable<Text>,
        amount -> Int8,
        way -> Text,
        collector -> Nullable<Text>,
        paid_at -> Timestamptz,
        issued_at -> Timestamptz,
        state -> Text,
        replaces -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
        ended_by -> Nullable<Text>,
        ended_reason -> Nullable<Text>,
    }
}

diesel::table! {
    statements (id) {
        id -> Uuid,
        agency -> Text,
        source -> Text,
        account -> Text,
        file_name -> Text,
        sha256 -> Binary,
        from_day -> Date,
        until_day -> Date,
        lines -> Int4,
        new_lines -> Int4,
        state -> Text,
        loaded_by -> Uuid,
        loaded_by_name -> Text,
        loaded_at -> Timestamptz,
        compared_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    statement_lines (id) {
        id -> Int8,
        statement_id -> Uuid,
        number -> Int4,
        key -> Binary,
        day -> Date,
        direction -> Text,
        amount -> Int8,
        status -> Text,
        reference -> Nullable<Text>,
        number_there -> Nullable<Text>,
        text -> Text,
        outcome -> Text,
        attempt_id -> Nullable<Uuid>,
        refund_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    differences (id) {
        id -> Uuid,
        agency -> Text,
        source -> Text,
        day -> Date,
        class -> Text,
        state -> Text,
        statement_id -> Uuid,
        line_id -> Nullable<Int8>,
        attempt_id -> Nullable<Uuid>,
        refund_id -> Nullable<Uuid>,
        owner_id -> Nullable<Uuid>,
        owner_name -> Nullable<Text>,
        found_at -> Timestamptz,
        state_since -> Timestamptz,
        resolution -> Nullable<Text>,
        reason -> Nullable<Text>,
        proof -> Nullable<Text>,
        proposed_by -> Nullable<Uuid>,
        proposed_by_name -> Nullable<Text>,
        closed_by -> Nullable<Uuid>,
        closed_by_name -> Nullable<Text>,
    }
}

diesel::table! {
    closed_days (agency, day) {
        agency -> Text,
        day -> Date,
        signed_by -> Uuid,
        signed_by_name -> Text,
        signed_at -> Timestamptz,
        open_differences -> Int4,
    }
}

diesel::table! {
    closed_day_figures (agency, day, channel, purpose) {
        agency -> Text,
        day -> Date,
        channel -> Text,
        purpose -> Text,
        transfers -> Int4,
        amount -> Int8,
    }
}

diesel::joinable!(attempts -> orders (order_id));
diesel::joinable!(attempts -> joint_payments (joint_payment_id));
diesel::joinable!(takings -> orders (order_id));
diesel::joinable!(takings -> attempts (attempt_id));
diesel::allow_tables_to_appear_in_same_query!(orders, attempts, takings, payers, joint_payments);
diesel::allow_tables_to_appear_in_same_query!(refunds, attempts);
diesel::allow_tables_to_appear_in_same_query!(takings, shifts);
