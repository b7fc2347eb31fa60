-- What a dossier costs, in rounds: in advance when it is filed, later while it is worked on. The columns order_id, fee_total and
-- fee_paid_at of dossiers say the same of the first round, for the version before; they go when nobody reads them any more.
create table charges (
    dossier uuid not null constraint charges_dossier references dossiers (id),
    round integer not null constraint charges_round check (round > 0),
    reason text not null constraint charges_reason check (reason in ('IN_ADVANCE', 'WHILE_PROCESSING')),
    order_id uuid not null,
    -- A JSON array, written and read whole. Empty when the version before charged: it kept no lines.
    lines text not null,
    total bigint not null constraint charges_total check (total between 1 and 999999999999),
    state text not null constraint charges_state
        check (state in ('DUE', 'PART_PAID', 'PAID', 'REFUNDING', 'REFUNDED', 'CANCELLED', 'WAIVED')),
    -- The newest version of the order that payments told of; 0 before any.
    order_version bigint not null constraint charges_order_version check (order_version >= 0),
    asked_at timestamptz not null,
    due_at timestamptz,
    paid_at timestamptz,
    constraint charges_pkey primary key (dossier, round),
    constraint charges_paid check (state not in ('PAID', 'REFUNDING', 'REFUNDED') or paid_at is not null)
);

-- While replicas of the version before are at work, what they write in dossiers is kept here too. Deferred, so that whoever writes
-- both, in whatever order, finds nothing done twice.
create function keep_charge() returns trigger language plpgsql as $$
begin
    insert into charges (dossier, round, reason, order_id, lines, total, state, order_version, asked_at, paid_at)
    values (new.id, 1, 'IN_ADVANCE', new.order_id, '[]', new.fee_total,
        case when new.fee_paid_at is null then 'DUE' else 'PAID' end, 0, new.submitted_at, new.fee_paid_at)
    on conflict (dossier, round) do update set state = excluded.state, paid_at = excluded.paid_at
    where charges.state = 'DUE' and excluded.state = 'PAID';
    return null;
end $$;

create constraint trigger dossiers_charged after update of order_id, fee_paid_at on dossiers
    deferrable initially deferred for each row
    when (new.order_id is not null
        and (old.order_id is distinct from new.order_id or old.fee_paid_at is distinct from new.fee_paid_at))
    execute function keep_charge();

insert into charges (dossier, round, reason, order_id, lines, total, state, order_version, asked_at, paid_at)
select id, 1, 'IN_ADVANCE', order_id, '[]', fee_total, case when fee_paid_at is null then 'DUE' else 'PAID' end, 0,
    submitted_at, fee_paid_at
from dossiers
where order_id is not null;
