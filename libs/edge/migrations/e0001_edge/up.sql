create table idempotency_keys (
    scope uuid not null,
    key text not null,
    fingerprint bytea not null,
    status smallint not null,
    location text,
    etag text,
    body text not null,
    created_at timestamptz not null,
    primary key (scope, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

create table audit_log (
    id uuid primary key,
    at timestamptz not null,
    actor_id uuid,
    actor_kind text not null,
    action text not null,
    subject_type text not null,
    subject_id text not null,
    trace_id text,
    detail jsonb not null
);
create index audit_log_by_subject on audit_log (subject_type, subject_id, at);
