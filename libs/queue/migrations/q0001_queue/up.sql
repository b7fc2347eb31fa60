-- What this service tells others. Written in the transaction that made it true; read by the relay.
create table outbox (
    id uuid primary key,
    -- The order of telling. Never read as "greater than the last seen": identities commit out of order.
    position bigint generated always as identity,
    type text not null,
    subject text not null,
    -- The whole CloudEvents envelope in JSON, as it goes out. Text, because jsonb refuses \u0000.
    payload text not null,
    -- The listeners that have not receipted yet.
    waiting_for text[] not null,
    created_at timestamptz not null,
    -- When to publish next. A new row is due whatever the clocks of two machines say.
    available_at timestamptz not null default '-infinity',
    -- Publications tried since Redis was last found wiped.
    attempts integer not null default 0,
    published_at timestamptz,
    receipted_at timestamptz,
    last_error text
);

create index outbox_due on outbox (available_at, position) where receipted_at is null;

-- Which of the others' events took effect here.
create table inbox (
    event_id uuid primary key,
    received_at timestamptz not null
);

-- Others' events that this service could not handle.
create table dead_letter (
    event_id uuid primary key,
    type text not null,
    payload text not null,
    error text not null,
    failed_at timestamptz not null,
    replayed_at timestamptz
);

create index dead_letter_waiting on dead_letter (failed_at) where replayed_at is null;

-- What this service does later. A row that is done is deleted.
create table jobs (
    id uuid primary key,
    kind text not null,
    payload text not null,
    traceparent text,
    request_id text,
    created_at timestamptz not null,
    run_at timestamptz not null,
    -- Runs begun.
    attempts integer not null default 0,
    locked_until timestamptz,
    last_error text,
    failed_at timestamptz
);

create index jobs_due on jobs (run_at) where failed_at is null;
