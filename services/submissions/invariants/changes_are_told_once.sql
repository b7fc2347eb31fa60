-- I8. What happened to a dossier was told to others once, and nothing that did not happen. (What was told long ago is forgotten:
-- outbox_horizon says what.)
with happened as (
    select id, 'vn.motcua.dossier.submitted.v1' as type, submitted_at as at from dossiers
    union all
    select d.id, 'vn.motcua.dossier.fee_due.v1', case when c.dossier is not null then d.submitted_at end
    from dossiers d left join charges c on c.dossier = d.id and c.reason = 'IN_ADVANCE'
    union all
    select d.id, 'vn.motcua.dossier.fee_paid.v1', c.paid_at
    from dossiers d left join charges c on c.dossier = d.id and c.reason = 'IN_ADVANCE'
    union all
    select id, 'vn.motcua.dossier.received.v1', received_at from dossiers
    union all
    select id, 'vn.motcua.dossier.completed.v1', completed_at from dossiers
),
told as (
    select subject, type, count(*) as times from outbox where type like 'vn.motcua.dossier.%' group by subject, type
)
select format('dossier %s: %s happened at %s and was told %s times', h.id, h.type, h.at, coalesce(t.times, 0))
from happened h
left join told t on t.subject = h.id::text and t.type = h.type
where coalesce(t.times, 0) > (h.at is not null)::integer
    or (h.at >= coalesce((select receipted_before from outbox_horizon), '-infinity') and t.times is null)
