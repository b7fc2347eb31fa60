-- Each step of a dossier stands in the audit log, by whom and from where to where, and no other step does.
with taken as (
    select dossier::text as dossier, from_status, to_status, coalesce(actor_id::text, 'the system') as actor, count(*) as times
    from dossier_history
    group by 1, 2, 3, 4
),
audited as (
    select subject_id as dossier, step ->> 0 as from_status, step ->> 1 as to_status, coalesce(actor_id::text, 'the system') as actor,
        count(*) as times
    from audit_log
    cross join lateral jsonb_array_elements(case jsonb_typeof(detail -> 'steps') when 'array' then detail -> 'steps' end) step
    where subject_type = 'dossier'
    group by 1, 2, 3, 4
)
select format('dossier %s, %s to %s by %s: taken %s times, in the audit log %s times', dossier, from_status, to_status, actor,
    coalesce(taken.times, 0), coalesce(audited.times, 0))
from taken
full join audited using (dossier, from_status, to_status, actor)
where taken.times is distinct from audited.times
