-- I8. Each order that was paid is told to others once for each time that it was, and no other order. (What was told is forgotten after thirty days.)
select format('order %s is %s and was told %s times', o.id, o.status, coalesce(t.times, 0))
from orders o
left join (
    select subject, count(*) as times from outbox where type = 'vn.motcua.payment.settled.v1' group by subject
) t on t.subject = o.id::text
where coalesce(t.times, 0) > (o.paid = o.total)::integer + o.reversals
    or (o.paid = o.total and t.times is null and exists (
        select from order_history h
        where h.order_id = o.id and h.order_from = 'DUE' and h.order_to = 'PAID'
            and h.at >= coalesce((select receipted_before from outbox_horizon), '-infinity')))
