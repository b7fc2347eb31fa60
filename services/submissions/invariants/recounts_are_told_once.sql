-- Of each date that moved because a calendar changed its applicant was told once, and a running clock keeps the date before. (What was told
-- long ago is forgotten: outbox_horizon says what.)
with recounted as (
    select subject_id as subject, count(*) filter (where (detail ->> 'told')::boolean) as told,
        count(*) filter (where (detail ->> 'told')::boolean
            and at >= coalesce((select receipted_before from outbox_horizon), '-infinity')) as recent
    from audit_log where action = 'dossier.due_recounted' group by subject_id
),
told as (
    select subject, count(*) as times from outbox
    where type = 'vn.motcua.dossier.noticed.v1' and payload::json -> 'data' ->> 'notice' = 'DUE_MOVED'
    group by subject
)
select format('dossier %s: its date moved %s times and was told %s times', coalesce(r.subject, t.subject), coalesce(r.told, 0),
    coalesce(t.times, 0))
from recounted r
full join told t using (subject)
where coalesce(t.times, 0) not between coalesce(r.recent, 0) and coalesce(r.told, 0)
union all
select format('dossier %s: its period %s was counted again, and nothing says so', p.dossier, p.seq)
from clock_periods p
where p.recounted
    and not exists (select from audit_log r where r.action = 'dossier.due_recounted' and r.subject_id = p.dossier::text)
