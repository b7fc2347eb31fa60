-- Money that goes back to whoever paid it, a row a refund (expand). What of an attempt's money is on its way back, or went, stands beside it, so
-- that the database itself refuses more than was taken.
create table refunds (
    id uuid primary key,
    order_id uuid not null,
    attempt_id uuid not null,
    agency text not null,
    cause text not null,
    amount bigint not null,
    way text not null,
    state text not null,
    reason text not null,
    asked_by uuid not null,
    asked_by_name text not null,
    asked_at timestamptz not null,
    -- Who approved it or turned it down, where a second official had to.
    decided_by uuid,
    decided_by_name text,
    -- The provider's number of it, once it is known.
    provider_reference text,
    -- Of money given back by hand: where that can be seen.
    proof text,
    -- Why no money goes back by it.
    failure text,
    sent_at timestamptz,
    done_at timestamptz,
    state_since timestamptz not null,
    constraint refunds_attempt foreign key (attempt_id) references attempts (id),
    constraint refunds_cause check (cause in ('WITHDRAWN', 'NOT_RECEIVED', 'STOPPED', 'PAID_AGAIN', 'EXEMPTED')),
    constraint refunds_amount check (amount > 0),
    constraint refunds_way check (way in ('PROVIDER', 'BY_HAND')),
    constraint refunds_state check (
        state in ('ASKED', 'APPROVED', 'SENT', 'UNKNOWN', 'DONE', 'FAILED', 'TURNED_DOWN')
    ),
    constraint refunds_second check (decided_by <> asked_by),
    constraint refunds_sent check (state not in ('SENT', 'UNKNOWN') or sent_at is not null),
    constraint refunds_done check ((state = 'DONE') = (done_at is not null)),
    constraint refunds_by_hand check (way <> 'BY_HAND' or (state in ('SENT', 'UNKNOWN')) is false),
    constraint refunds_proof check (state <> 'DONE' or coalesce(proof, provider_reference) is not null)
);
create index refunds_of_agency on refunds (agency, asked_at, id);
create index refunds_of_attempt on refunds (attempt_id);
create unique index refunds_provider_reference on refunds (provider_reference) where provider_reference is not null;

alter table attempts
    add column going_back bigint not null default 0,
    add constraint attempts_going_back check (
        going_back between 0 and amount and (going_back = 0 or status in ('SETTLED', 'PAID_AGAIN'))
    );
