-- Fees that somebody owes: one order a dossier and round of fees.
create table orders (
    -- Derived from the dossier and the round of fees, so that the sender can name it first.
    id uuid primary key,
    dossier_id uuid not null,
    code text not null,
    agency text not null,
    payer_kind text not null,
    payer_id uuid not null,
    -- đồng
    total bigint not null,
    status text not null,
    -- Counts the rows of order_history.
    version integer not null,
    due_at timestamptz,
    created_at timestamptz not null,
    -- By the provider's clock.
    paid_at timestamptz,
    constraint orders_payer_kind check (payer_kind in ('PERSON', 'ORGANISATION')),
    constraint orders_total check (total between 1 and 999999999999),
    constraint orders_status check (status in ('DUE', 'PAID')),
    constraint orders_version check (version > 0),
    constraint orders_paid check ((status = 'PAID') = (paid_at is not null))
);

create table order_lines (
    order_id uuid not null,
    position integer not null,
    name_vi text not null,
    name_en text not null,
    quantity bigint not null,
    unit_amount bigint not null,
    amount bigint not null,
    constraint order_lines_pkey primary key (order_id, position),
    constraint order_lines_order foreign key (order_id) references orders (id),
    constraint order_lines_amounts check (quantity > 0 and unit_amount >= 0 and amount >= 0)
);

-- A payer's tries to pay an order at a provider.
create table attempts (
    id uuid primary key,
    order_id uuid not null,
    provider text not null,
    -- Our name for it at the provider.
    reference text not null,
    amount bigint not null,
    status text not null,
    -- The provider's name for the payment, once it took money.
    provider_reference text,
    paid_at timestamptz,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint attempts_order foreign key (order_id) references orders (id),
    constraint attempts_provider check (provider in ('VNPAY')),
    constraint attempts_reference unique (provider, reference),
    constraint attempts_provider_reference unique (provider, provider_reference),
    constraint attempts_amount check (amount > 0),
    constraint attempts_status check (status in ('CREATED', 'UNKNOWN', 'SETTLED', 'PAID_AGAIN', 'FAILED', 'EXPIRED')),
    constraint attempts_money check ((status in ('SETTLED', 'PAID_AGAIN')) = (provider_reference is not null)),
    constraint attempts_paid check ((provider_reference is null) = (paid_at is null))
);
create unique index attempts_one_settles on attempts (order_id) where status = 'SETTLED';
create index attempts_of_order on attempts (order_id, created_at, id);

-- What providers told us, as they told it.
create table provider_callbacks (
    id uuid primary key,
    provider text not null,
    channel text not null,
    -- SHA-256 of the channel and the raw text: the same words again are the same row.
    event_key bytea not null,
    raw text not null,
    verdict text not null,
    attempt_id uuid,
    received_at timestamptz not null,
    deliveries integer not null default 1,
    last_received_at timestamptz not null,
    constraint provider_callbacks_once unique (provider, event_key),
    constraint provider_callbacks_channel check (channel in ('IPN', 'QUERY')),
    constraint provider_callbacks_verdict check (
        verdict in (
            'ACCEPTED', 'ALREADY', 'STALE', 'REVIEW', 'WRONG_AMOUNT', 'WRONG_MERCHANT', 'UNKNOWN_ORDER', 'FORGED'
        )
    ),
    constraint provider_callbacks_attempt foreign key (attempt_id) references attempts (id)
);
create index provider_callbacks_forged on provider_callbacks (received_at) where verdict = 'FORGED';

-- Every step of every order and its attempts. Versions of an order run from 1 without a gap.
create table order_history (
    order_id uuid not null,
    version integer not null,
    at timestamptz not null,
    cause text not null,
    order_from text,
    order_to text not null,
    attempt_id uuid,
    attempt_from text,
    attempt_to text,
    constraint order_history_pkey primary key (order_id, version),
    constraint order_history_order foreign key (order_id) references orders (id),
    constraint order_history_attempt foreign key (attempt_id) references attempts (id),
    constraint order_history_cause check (
        cause in ('OPENED', 'STARTED', 'PAID', 'FAILED', 'NOT_PAID_IN_TIME', 'NO_ANSWER')
    ),
    constraint order_history_steps check (
        (cause = 'OPENED') = (order_from is null) and (cause = 'OPENED') = (attempt_to is null)
        and (attempt_id is null) = (attempt_to is null) and (cause in ('OPENED', 'STARTED')) = (attempt_from is null)
    )
);

-- The ledger. A transfer moves an amount from one account to another, so no imbalance can be written; there are no
-- balance rows to keep right. Corrections are new transfers.
create table ledger_accounts (
    id bigint generated always as identity primary key,
    kind text not null,
    owner text not null,
    currency text not null,
    constraint ledger_accounts_kind check (kind in ('PROVIDER_CLEARING', 'FEE_INCOME', 'OWED_TO_PAYERS')),
    constraint ledger_accounts_currency check (currency in ('VND')),
    constraint ledger_accounts_once unique (kind, owner, currency),
    constraint ledger_accounts_with_currency unique (id, currency)
);

create table transfers (
    id uuid primary key,
    purpose text not null,
    debit bigint not null,
    credit bigint not null,
    currency text not null,
    amount bigint not null,
    order_id uuid not null,
    attempt_id uuid not null,
    created_at timestamptz not null,
    constraint transfers_purpose check (purpose in ('CAPTURE', 'SURPLUS')),
    constraint transfers_between_two check (debit <> credit),
    constraint transfers_amount check (amount > 0),
    constraint transfers_debit foreign key (debit, currency) references ledger_accounts (id, currency),
    constraint transfers_credit foreign key (credit, currency) references ledger_accounts (id, currency),
    constraint transfers_order foreign key (order_id) references orders (id),
    constraint transfers_attempt foreign key (attempt_id) references attempts (id),
    constraint transfers_one_an_attempt unique (attempt_id)
);
create unique index transfers_one_capture on transfers (order_id) where purpose = 'CAPTURE';
create index transfers_of_debit on transfers (debit) include (amount);
create index transfers_of_credit on transfers (credit) include (amount);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger transfers_only_grow before update or delete on transfers
    for each row execute function refuse_change();
create trigger transfers_stay before truncate on transfers for each statement execute function refuse_change();
create trigger ledger_accounts_only_grow before update or delete on ledger_accounts
    for each row execute function refuse_change();
create trigger ledger_accounts_stay before truncate on ledger_accounts
    for each statement execute function refuse_change();
create trigger order_history_only_grows before update or delete on order_history
    for each row execute function refuse_change();
create trigger order_history_stays before truncate on order_history
    for each statement execute function refuse_change();
