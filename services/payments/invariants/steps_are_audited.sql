-- Each step of an order after its opening stands in the audit log, and no other does.
select format('order %s is at version %s, with %s steps in the audit log', coalesce(o.id::text, a.subject_id), o.version, coalesce(a.steps, 0))
from orders o
full join (
    select subject_id, count(*) as steps
    from audit_log
    where subject_type = 'payment_order' and action in ('payment_attempt.started', 'payment_attempt.moved', 'payment_attempt.reversed', 'payment_order.cancelled', 'payment_order.waived', 'refund.asked', 'refund.done', 'refund.failed')
    group by subject_id
) a on a.subject_id = o.id::text
where coalesce(a.steps, 0) is distinct from o.version - 1
