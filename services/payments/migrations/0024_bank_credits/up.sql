-- Money that came to the agency's account, as its bank told or an official saw: one row a transfer, however often it is told (expand).
create table bank_credits (
    id uuid primary key,
    source text not null,
    bank text not null,
    -- The bank's number of the transfer.
    transaction_id text not null,
    -- What was told is of the account into which is paid.
    ours boolean not null,
    -- đồng; absent when it was told in another currency.
    amount bigint,
    content text not null,
    -- What of the content may be a dossier's code, without dots and dashes.
    codes text[] not null,
    booked_at timestamptz not null,
    raw text not null,
    -- What of it the bank signed; or two officials said.
    signed text not null,
    -- Whose cashiers see it.
    agency text not null,
    state text not null,
    state_since timestamptz not null,
    order_id uuid,
    attempt_id uuid,
    received_at timestamptz not null,
    -- What an official proposes to do with it, and by which proof; another decides.
    proposed_order uuid,
    proof text,
    proposed_by uuid,
    proposed_by_name text,
    decided_by uuid,
    decided_by_name text,
    constraint bank_credits_once unique (bank, transaction_id),
    constraint bank_credits_source check (source in ('NOTICE', 'STATEMENT', 'BY_HAND')),
    constraint bank_credits_state check (state in ('WAITING', 'FOR_PERSON', 'TAKEN', 'SENT_BACK')),
    constraint bank_credits_amount check (amount > 0),
    constraint bank_credits_taken check (state <> 'TAKEN' or attempt_id is not null),
    constraint bank_credits_proof check ((proposed_by is null) = (proof is null)),
    constraint bank_credits_second check (decided_by <> proposed_by),
    constraint bank_credits_by_hand check (
        (source <> 'BY_HAND' or proposed_by is not null) and (state <> 'SENT_BACK' or decided_by is not null)
    )
);
create index bank_credits_open on bank_credits (agency, received_at, id) where state in ('WAITING', 'FOR_PERSON');
create index bank_credits_waiting on bank_credits using gin (codes) where state = 'WAITING';
