-- I8. What happened to a dossier was told to others once, each time that it happened, and nothing that did not happen. (What was told
-- long ago is forgotten: outbox_horizon says what.)
with happened as (
    select id as dossier, 'vn.motcua.dossier.submitted.v1' as type, submitted_at as at from dossiers where submitted_at is not null
    union all
    -- What is charged later is told as the dossier's state alone.
    select c.dossier, 'vn.motcua.dossier.fee_due.v1', d.submitted_at
    from charges c join dossiers d on d.id = c.dossier where c.reason = 'IN_ADVANCE'
    union all
    -- Money that a cashier took and gave back was paid all the same.
    select subject_id::uuid, 'vn.motcua.dossier.fee_paid.v1', at from audit_log where action = 'dossier.fee_paid'
    union all
    select id, 'vn.motcua.dossier.received.v1', received_at from dossiers where received_at is not null
    union all
    select dossier, 'vn.motcua.dossier.completed.v1', at from dossier_history where to_status = 'COMPLETED'
),
counted as (
    select dossier::text, type, count(*) as times,
        count(*) filter (where at >= coalesce((select receipted_before from outbox_horizon), '-infinity')) as recent
    from happened group by dossier, type
),
told as (
    select subject, type, count(*) as times from outbox
    where type in ('vn.motcua.dossier.submitted.v1', 'vn.motcua.dossier.fee_due.v1', 'vn.motcua.dossier.fee_paid.v1',
        'vn.motcua.dossier.received.v1', 'vn.motcua.dossier.completed.v1')
    group by subject, type
)
select format('dossier %s: %s happened %s times (%s of late) and was told %s times', coalesce(c.dossier, t.subject),
    coalesce(c.type, t.type), coalesce(c.times, 0), coalesce(c.recent, 0), coalesce(t.times, 0))
from counted c
full join told t on t.subject = c.dossier and t.type = c.type
where coalesce(t.times, 0) not between coalesce(c.recent, 0) and coalesce(c.times, 0)
