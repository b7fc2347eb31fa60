-- Agencies, as accounts tells of them.
create table agencies (
    code text constraint agencies_pkey primary key,
    name_vi text not null,
    name_en text not null
);

create table procedures (
    code text constraint procedures_pkey primary key,
    -- The version that new dossiers are pinned to; null only while the first one is being written.
    current_version uuid
);

-- What was published once is never changed: dossiers are pinned to it.
create table procedure_versions (
    id uuid constraint procedure_versions_pkey primary key,
    procedure text not null constraint procedure_versions_procedure references procedures (code),
    version integer not null constraint procedure_versions_version check (version > 0),
    published_at timestamptz not null,
    field text not null,
    name_vi text not null,
    name_en text not null,
    -- Code and names in lower case without diacritics.
    search text not null,
    -- SHA-256 of the content as it was published.
    digest bytea not null,
    content jsonb not null,
    constraint procedure_versions_number unique (procedure, version)
);

alter table procedures
    add constraint procedures_current_version foreign key (current_version) references procedure_versions (id);

create table dossiers (
    id uuid constraint dossiers_pkey primary key,
    procedure_version uuid not null constraint dossiers_procedure_version references procedure_versions (id),
    agency text not null constraint dossiers_agency references agencies (code),
    party_kind text not null constraint dossiers_party_kind check (party_kind in ('PERSON', 'ORGANISATION')),
    party_id uuid not null,
    filer_id uuid not null,
    applicant_name text not null,
    status text not null constraint dossiers_status check (status in (
        'DRAFT', 'REGISTERED', 'RECEIVED', 'NOT_RECEIVED', 'PROCESSING', 'SUPPLEMENT_REQUESTED', 'FEE_DUE',
        'WITHDRAWN', 'STOPPED', 'COMPLETED', 'RETURNED')),
    code text constraint dossiers_code unique,
    -- A JSON object. Text, because it is written and read whole and jsonb costs more.
    answers text not null,
    version integer not null constraint dossiers_version check (version > 0),
    order_id uuid,
    fee_total bigint constraint dossiers_fee_total check (fee_total between 1 and 999999999999),
    fee_paid_at timestamptz,
    tracking_secret_hash bytea constraint dossiers_tracking_secret_hash check (length(tracking_secret_hash) = 32),
    created_at timestamptz not null,
    submitted_at timestamptz,
    received_at timestamptz,
    due_at timestamptz,
    completed_at timestamptz,
    constraint dossiers_fee check (
        (order_id is null) = (fee_total is null) and (fee_paid_at is null or fee_total is not null)),
    constraint dossiers_filed check (
        num_nulls(code, submitted_at, due_at, tracking_secret_hash) = case status when 'DRAFT' then 4 else 0 end),
    constraint dossiers_completed check (status not in ('COMPLETED', 'RETURNED') or completed_at is not null)
);

create index dossiers_of_party on dossiers (party_id, created_at desc, id desc);
create index dossiers_of_party_by_status on dossiers (party_id, status, created_at desc, id desc);
create index dossiers_of_agency on dossiers (agency, due_at, id) where status <> 'DRAFT';
create index dossiers_of_agency_by_status on dossiers (agency, status, due_at, id) where status <> 'DRAFT';

create table dossier_history (
    dossier uuid not null constraint dossier_history_dossier references dossiers (id),
    seq integer not null constraint dossier_history_seq check (seq > 0),
    at timestamptz not null,
    from_status text not null,
    to_status text not null,
    actor_kind text not null
        constraint dossier_history_actor_kind check (actor_kind in ('CITIZEN', 'CLIENT', 'OFFICIAL', 'SYSTEM')),
    actor_id uuid,
    note text,
    constraint dossier_history_pkey primary key (dossier, seq)
);

create table documents (
    id uuid constraint documents_pkey primary key,
    dossier uuid not null constraint documents_dossier references dossiers (id),
    component text not null,
    file_name text not null,
    media_type text not null,
    size bigint not null constraint documents_size check (size > 0),
    sha256 bytea not null constraint documents_sha256 check (length(sha256) = 32),
    object_key text not null constraint documents_object_key unique,
    uploaded_at timestamptz not null
);

create index documents_of_dossier on documents (dossier, id);

create table results (
    id uuid constraint results_pkey primary key,
    dossier uuid not null constraint results_dossier references dossiers (id),
    file_name text not null,
    media_type text not null,
    size bigint not null constraint results_size check (size > 0),
    sha256 bytea not null constraint results_sha256 check (length(sha256) = 32),
    object_key text not null constraint results_object_key unique,
    uploaded_at timestamptz not null,
    issued_by uuid not null
);

create index results_of_dossier on results (dossier, id);

-- The ordinals of dossier codes: gapless, because a row is counted up in the transaction that uses its number.
create table code_counters (
    agency text not null constraint code_counters_agency references agencies (code),
    day date not null,
    last integer not null constraint code_counters_last check (last > 0),
    constraint code_counters_pkey primary key (agency, day)
);
