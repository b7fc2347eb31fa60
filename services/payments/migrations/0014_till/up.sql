-- The counter: cashiers' shifts, what was taken in them, and by which names and numbers payers and agencies are known (expand).
create table shifts (
    id uuid primary key,
    agency text not null,
    -- What the counter is called.
    till text not null,
    cashier_id uuid not null,
    cashier_name text not null,
    opened_at timestamptz not null,
    -- What was in the drawer then, đồng.
    opening bigint not null,
    closed_at timestamptz,
    -- What was counted in the drawer at the end, and what should have been in it.
    counted bigint,
    expected bigint,
    -- Why the two differ.
    difference_reason text,
    -- When its being left open was told.
    told_at timestamptz,
    constraint shifts_opening check (opening >= 0),
    constraint shifts_closed check (
        (closed_at is null) = (counted is null) and (closed_at is null) = (expected is null) and counted >= 0
    ),
    constraint shifts_difference check (counted = expected or difference_reason is not null)
);
create unique index shifts_one_open_a_till on shifts (agency, till) where closed_at is null;
create unique index shifts_one_open_a_cashier on shifts (cashier_id) where closed_at is null;
create index shifts_of_agency on shifts (agency, opened_at, id);

-- What a cashier took: an attempt that settles its order at once.
create table takings (
    attempt_id uuid primary key,
    order_id uuid not null,
    shift_id uuid not null,
    amount bigint not null,
    -- What she was handed, and what she gave back of it.
    received bigint not null,
    change bigint not null,
    -- Of a card: the number on the terminal's slip.
    slip text,
    -- Who paid at the counter, where that is not the applicant as the account says.
    payer_name text,
    payer_address text,
    payer_number text,
    taken_at timestamptz not null,
    -- When it was taken back as wrong, and why.
    reversed_at timestamptz,
    reversal_reason text,
    constraint takings_attempt foreign key (attempt_id) references attempts (id),
    constraint takings_shift foreign key (shift_id) references shifts (id),
    constraint takings_change check (amount > 0 and change >= 0 and received = amount + change),
    constraint takings_slip check (slip is null or change = 0),
    constraint takings_reversed check ((reversed_at is null) = (reversal_reason is null))
);
create index takings_of_shift on takings (shift_id, taken_at);
create index takings_of_order on takings (order_id);

-- What accounts tells of whoever may have to pay.
create table payers (
    kind text not null,
    id uuid not null,
    name text not null,
    -- Digits only.
    phone text,
    constraint payers_pkey primary key (kind, id),
    constraint payers_kind check (kind in ('PERSON', 'ORGANISATION'))
);
create index payers_by_phone on payers (phone) where phone is not null;

create table agencies (
    code text primary key,
    name_vi text not null,
    name_en text not null
);
