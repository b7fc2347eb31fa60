-- A dossier was filed, received and first completed when its history says so, give or take an hour; or completed again, since its time
-- last began anew.
select format('dossier %s (%s): filed %s, received %s, completed %s; by its history %s, %s, %s', d.id, d.code, d.submitted_at,
    d.received_at, d.completed_at, h.submitted_at, h.received_at, h.completed_at)
from dossiers d
join (
    select dossier, min(at) filter (where from_status = 'DRAFT') as submitted_at,
        min(at) filter (where to_status = 'RECEIVED') as received_at, min(at) filter (where to_status = 'COMPLETED' and at >= coalesce(
            (select max(from_at) from clock_periods p where p.dossier = s.dossier and p.restarted), '-infinity')) as completed_at
    from dossier_history s
    group by dossier
) h on h.dossier = d.id
where d.submitted_at not between h.submitted_at - interval '1 hour' and h.submitted_at + interval '1 hour'
    or (d.received_at is null) <> (h.received_at is null)
    or d.received_at not between h.received_at - interval '1 hour' and h.received_at + interval '1 hour'
    or (d.completed_at is not null and h.completed_at is null)
    or d.completed_at not between h.completed_at - interval '1 hour' and h.completed_at + interval '1 hour'
