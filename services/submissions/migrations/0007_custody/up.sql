-- Who has a dossier, hand-over by hand-over (form 06). It begins when an official receives it.
create table custody (
    dossier uuid not null constraint custody_dossier references dossiers (id),
    seq integer not null constraint custody_seq check (seq > 0),
    -- Who gave it; none when it came from its applicant.
    from_agency text,
    from_official uuid,
    to_agency text not null,
    -- None until somebody there takes it.
    to_official uuid,
    handed_over_at timestamptz not null,
    -- By when this holder's part is due.
    due_at timestamptz,
    accepted_at timestamptz,
    constraint custody_pkey primary key (dossier, seq),
    constraint custody_first check ((from_agency is null) = (seq = 1)),
    constraint custody_giver check (from_official is null or from_agency is not null),
    constraint custody_accepted check (accepted_at >= handed_over_at)
);

-- While replicas of the version before are at work, what they receive is kept here too (see 0005). Who received it stands in the
-- history, which is written after the dossier: one more reason to be deferred.
create function keep_custody() returns trigger language plpgsql as $$
begin
    insert into custody (dossier, seq, to_agency, to_official, handed_over_at, due_at, accepted_at)
    values (new.id, 1, new.agency,
        (select actor_id from dossier_history where dossier = new.id and to_status = 'RECEIVED' order by seq limit 1),
        new.received_at, new.due_at, new.received_at)
    on conflict do nothing;
    return null;
end $$;

create constraint trigger dossiers_taken after update of received_at on dossiers
    deferrable initially deferred for each row
    when (old.received_at is null and new.received_at is not null)
    execute function keep_custody();

insert into custody (dossier, seq, to_agency, to_official, handed_over_at, due_at, accepted_at)
select d.id, 1, d.agency, h.actor_id, d.received_at, d.due_at, d.received_at
from dossiers d
left join lateral (
    select actor_id from dossier_history where dossier = d.id and to_status = 'RECEIVED' order by seq limit 1
) h on true
where d.received_at is not null;
