-- When each dossier is looked at next for a deadline that is near: of those that wait to be received or are worked on, no others. The
-- trigger keeps them, so that whoever moves a dossier, by whichever path, has it looked at anew at once.
create table watches (
    dossier uuid constraint watches_pkey primary key,
    agency text not null,
    look_at timestamptz not null
);
-- What falls due together is read agency by agency, so that its officials hear of it together.
create index watches_next on watches (look_at, agency, dossier);

-- To which step towards which deadline somebody was alerted. A deadline that moves is another one. Nobody was told: nobody serves there,
-- or it was so before there were alerts.
create table alerts (
    dossier uuid not null constraint alerts_dossier references dossiers (id),
    kind text not null constraint alerts_kind check (kind in ('ANSWER', 'STAGE', 'RESULT')),
    due_at timestamptz not null,
    step text not null constraint alerts_step check (step in ('EARLY', 'SOON', 'DUE', 'LATE')),
    -- The working minute for which it was planned.
    fell_due_at timestamptz not null,
    told_at timestamptz not null constraint alerts_told check (told_at >= fell_due_at),
    told_to uuid[] not null,
    constraint alerts_pkey primary key (dossier, kind, due_at, step)
);

create function watch_dossier() returns trigger language plpgsql as $$
begin
    if new.status in ('REGISTERED', 'RECEIVED', 'PROCESSING') then
        insert into watches (dossier, agency, look_at) values (new.id, new.agency, '-infinity')
        on conflict (dossier) do update set look_at = '-infinity';
    else
        delete from watches where dossier = new.id;
    end if;
    return null;
end $$;

create trigger dossiers_watched after update of status, due_at, stage_due_at, completed_at on dossiers for each row
    when ((old.status, old.due_at, old.stage_due_at, old.completed_at)
        is distinct from (new.status, new.due_at, new.stage_due_at, new.completed_at))
    execute function watch_dossier();

insert into watches (dossier, agency, look_at)
select id, agency, '-infinity' from dossiers where status in ('REGISTERED', 'RECEIVED', 'PROCESSING');

-- What was late before nobody is alerted to, all at once: it stands among what is stuck.
insert into alerts (dossier, kind, due_at, step, fell_due_at, told_at, told_to)
select d.id, late.kind, late.due_at, step, late.due_at, now(), '{}'
from dossiers d
cross join lateral (
    values ('RESULT', d.due_at), ('STAGE', d.stage_due_at)
) as late (kind, due_at)
cross join unnest(array['DUE', 'LATE']) step
where d.status in ('RECEIVED', 'PROCESSING') and late.due_at < now();
