-- E-receipts: numbered without a gap in each symbol and year of an agency, one valid for each payment (expand).
create table receipt_numbers (
    agency text not null,
    symbol text not null,
    year integer not null,
    last integer not null,
    constraint receipt_numbers_pkey primary key (agency, symbol, year),
    constraint receipt_numbers_last check (last between 1 and 9999999)
);

create table receipts (
    id uuid primary key,
    agency text not null,
    symbol text not null,
    year integer not null,
    number integer not null,
    attempt_id uuid not null,
    order_id uuid not null,
    -- The dossier's code.
    code text not null,
    payer_kind text not null,
    payer_id uuid not null,
    payer_name text not null,
    payer_address text,
    payer_number text,
    amount bigint not null,
    -- By which way it was paid: the attempt's provider.
    way text not null,
    -- Who took the money at a counter.
    collector text,
    paid_at timestamptz not null,
    issued_at timestamptz not null,
    state text not null,
    -- Which one it stands for.
    replaces uuid,
    -- When it stopped being valid, by whom, and why.
    ended_at timestamptz,
    ended_by text,
    ended_reason text,
    constraint receipts_attempt foreign key (attempt_id) references attempts (id),
    constraint receipts_replaces foreign key (replaces) references receipts (id),
    constraint receipts_replaced_once unique (replaces),
    constraint receipts_number unique (agency, symbol, year, number),
    constraint receipts_number_runs check (number between 1 and 9999999),
    constraint receipts_amount check (amount > 0),
    constraint receipts_payer_kind check (payer_kind in ('PERSON', 'ORGANISATION')),
    constraint receipts_state check (state in ('ISSUED', 'CANCELLED', 'REPLACED')),
    constraint receipts_ended check (
        (state = 'ISSUED') = (ended_at is null) and (ended_at is null) = (ended_reason is null)
    )
);
create unique index receipts_one_valid on receipts (attempt_id) where state = 'ISSUED';
create index receipts_of_attempt on receipts (attempt_id);
create index receipts_of_payer on receipts (payer_kind, payer_id, issued_at, id);
