-- What of an order an official frees its payer from, a row a waiver (expand): why, by what of the law, by which paper, who asked and who decided.
create table waivers (
    id uuid primary key,
    order_id uuid not null,
    agency text not null,
    code text not null,
    class text not null,
    legal_basis text not null,
    -- Which paper was seen: its number, its date, who issued it.
    proof text not null,
    amount bigint not null,
    state text not null,
    asked_by uuid not null,
    asked_by_name text not null,
    asked_at timestamptz not null,
    -- Who approved it or turned it down, where a second official had to; who asked may take it back.
    decided_by uuid,
    decided_by_name text,
    decided_at timestamptz,
    -- Why it was turned down.
    refusal text,
    -- Counts its changes, from 1.
    version integer not null,
    constraint waivers_order foreign key (order_id) references orders (id),
    constraint waivers_class check (
        class in ('POOR_HOUSEHOLD', 'MERIT', 'CHILD', 'ELDERLY', 'DISABLED', 'REMOTE_AREA', 'OTHER_RULE')
    ),
    constraint waivers_amount check (amount > 0),
    constraint waivers_state check (state in ('ASKED', 'APPROVED', 'TURNED_DOWN')),
    constraint waivers_decided check ((state = 'ASKED') = (decided_at is null)),
    constraint waivers_second check (decided_by <> asked_by or state = 'TURNED_DOWN'),
    constraint waivers_refusal check ((state = 'TURNED_DOWN') = (refusal is not null))
);
create index waivers_of_agency on waivers (agency, asked_at, id);
create index waivers_of_order on waivers (order_id, asked_at, id);
-- Two that wait at once would be seen by nobody together.
create unique index waivers_one_waits on waivers (order_id) where state = 'ASKED';
