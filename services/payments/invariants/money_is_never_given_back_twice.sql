-- I4. What is owed back for an order is no more than what was taken beyond its capture.
select format('order %s: taken %s, captured %s, owed back %s', order_id, taken, captured, owed)
from (
    select t.order_id,
        coalesce(sum(t.amount) filter (where t.purpose = 'CAPTURE'), 0)
            - coalesce(sum(t.amount) filter (where t.purpose = 'REVERSAL'), 0) as captured,
        coalesce(sum(t.amount) filter (where t.purpose = 'SURPLUS'), 0) as owed,
        (select coalesce(sum(a.amount), 0) from attempts a
            where a.order_id = t.order_id and a.status in ('SETTLED', 'PAID_AGAIN')) as taken
    from transfers t
    where t.order_id in (select order_id from transfers where purpose = 'SURPLUS')
    group by t.order_id
) o
where owed > taken - captured
