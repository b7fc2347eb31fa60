create table users (
    id uuid primary key,
    kind text not null constraint users_kind check (kind in ('CITIZEN', 'OFFICIAL')),
    name text not null,
    email text not null,
    phone text,
    citizen_number text constraint users_citizen_number unique,
    birth_date date,
    gender text constraint users_gender check (gender in ('MALE', 'FEMALE')),
    language text not null constraint users_language check (language in ('vi', 'en')),
    created_at timestamptz not null,
    closed_at timestamptz,
    constraint users_citizen_is_identified check (
        kind <> 'CITIZEN' or (citizen_number is not null and birth_date is not null and gender is not null))
);
-- One mailbox, one account, however its address is capitalised.
create unique index users_email on users (lower(email));

create table credentials (
    user_id uuid primary key constraint credentials_user references users (id),
    -- A PHC string: the parameters travel with the hash, so that they can be raised.
    password_hash text not null constraint credentials_argon2id check (password_hash like '$argon2id$%'),
    changed_at timestamptz not null
);

-- People who asked for an account and have not confirmed their address.
create table registrations (
    id uuid primary key,
    name text not null,
    email text not null,
    phone text not null,
    citizen_number text not null,
    birth_date date not null,
    gender text not null constraint registrations_gender check (gender in ('MALE', 'FEMALE')),
    language text not null constraint registrations_language check (language in ('vi', 'en')),
    password_hash text not null,
    -- Null when no code was sent, because the person has an account already: no code is ever right.
    code_hash bytea,
    tries smallint not null default 0 constraint registrations_tries check (tries between 0 and 5),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    confirmed_at timestamptz
);
create index registrations_by_email on registrations (lower(email), created_at);
create index registrations_by_expiry on registrations (expires_at);

-- A sign-in and the chain of its refresh tokens. Hashes only: a copy of this table opens nothing.
create table sessions (
    id uuid primary key,
    user_id uuid not null constraint sessions_user references users (id),
    -- Makes each refresh token from the one before; useless without that one.
    chain_key bytea not null,
    current_hash bytea not null,
    previous_hash bytea,
    replaced_at timestamptz,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_for text constraint sessions_revoked_for check (revoked_for in ('SIGNED_OUT', 'TOKEN_REUSED', 'ACCOUNT_CLOSED')),
    constraint sessions_revocation check ((revoked_at is null) = (revoked_for is null))
);
create index sessions_by_user on sessions (user_id, created_at);
create index sessions_by_expiry on sessions (expires_at);

-- Consecutive failures to sign in, by a digest of the address: known and unknown addresses are slowed down alike.
create table sign_in_failures (
    email_hash bytea primary key,
    failures integer not null constraint sign_in_failures_count check (failures > 0),
    blocked_until timestamptz,
    last_failed_at timestamptz not null
);
create index sign_in_failures_by_age on sign_in_failures (last_failed_at);

create table organisations (
    id uuid primary key,
    name text not null,
    tax_number text not null constraint organisations_tax_number unique,
    email text not null,
    phone text,
    created_at timestamptz not null
);

create table memberships (
    user_id uuid not null constraint memberships_user references users (id),
    organisation_id uuid not null constraint memberships_organisation references organisations (id),
    created_at timestamptz not null,
    primary key (user_id, organisation_id)
);

create table agencies (
    code text primary key,
    name_vi text not null,
    name_en text not null,
    -- Both names in lower case without diacritics: "phu tho" finds "Phú Thọ".
    search_text text not null,
    parent text constraint agencies_parent references agencies (code),
    valid_from date not null,
    -- The last day.
    valid_until date,
    constraint agencies_validity check (valid_until is null or valid_until >= valid_from)
);
create index agencies_by_parent on agencies (parent, code);

create table official_roles (
    user_id uuid not null constraint official_roles_user references users (id),
    agency text not null constraint official_roles_agency references agencies (code),
    role text not null constraint official_roles_role check (
        role in ('RECEIVER', 'PROCESSOR', 'APPROVER', 'CASHIER', 'AUDITOR', 'AGENCY_ADMINISTRATOR')),
    created_at timestamptz not null,
    primary key (user_id, agency, role)
);
create index official_roles_by_agency on official_roles (agency, user_id);

create table api_clients (
    id uuid primary key,
    client_id text not null constraint api_clients_client_id unique,
    name text not null,
    organisation_id uuid not null constraint api_clients_organisation references organisations (id),
    -- SHA-256: the secret is 32 random bytes, which no slow hash makes harder to guess.
    secret_hash bytea not null constraint api_clients_secret_hash check (length(secret_hash) = 32),
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz
);

create table signing_keys (
    kid text primary key,
    -- PKCS#8.
    private_key bytea not null,
    -- The public key, as a JWK writes it.
    public_x text not null,
    created_at timestamptz not null,
    -- Signs nothing from then on; published for as long as a token of its may live.
    retired_at timestamptz
);
