-- The agency's time for a dossier: it runs from the receipt on, stands still while somebody else must act, and ends with the work.
create table clock_periods (
    dossier uuid not null constraint clock_periods_dossier references dossiers (id),
    seq integer not null constraint clock_periods_seq check (seq > 0),
    kind text not null constraint clock_periods_kind check (kind in ('RUNNING', 'PAUSED')),
    -- Why it stands still: the status that stopped it.
    reason text constraint clock_periods_reason check (reason in ('SUPPLEMENT_REQUESTED', 'FEE_DUE', 'STOPPED')),
    from_at timestamptz not null,
    until_at timestamptz,
    -- When the result was due as the period began; none before the first.
    due_before timestamptz,
    -- When it is due by this period; for a pause, told when it ends.
    due_after timestamptz,
    constraint clock_periods_pkey primary key (dossier, seq),
    constraint clock_periods_paused check ((kind = 'PAUSED') = (reason is not null)),
    constraint clock_periods_order check (until_at >= from_at),
    constraint clock_periods_first check ((due_before is null) = (seq = 1)),
    constraint clock_periods_due check (due_after is not null or (kind = 'PAUSED' and until_at is null))
);

-- While replicas of the version before are at work, what they write in dossiers is kept here too (see 0005). They receive and
-- complete; they never stop a clock.
create function keep_clock() returns trigger language plpgsql as $$
begin
    insert into clock_periods (dossier, seq, kind, from_at, due_after)
    values (new.id, 1, 'RUNNING', new.received_at, new.due_at)
    on conflict do nothing;
    update clock_periods set until_at = new.completed_at
    where dossier = new.id and kind = 'RUNNING' and until_at is null and new.completed_at is not null;
    return null;
end $$;

create constraint trigger dossiers_timed after update of received_at, completed_at on dossiers
    deferrable initially deferred for each row
    when (new.received_at is not null
        and (old.received_at is distinct from new.received_at or old.completed_at is distinct from new.completed_at))
    execute function keep_clock();

insert into clock_periods (dossier, seq, kind, from_at, until_at, due_after)
select id, 1, 'RUNNING', received_at, completed_at, due_at from dossiers where received_at is not null;
