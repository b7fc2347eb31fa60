-- An attempt is over no more than its order and is called at the provider by its id. Those that settled took together what was paid, and the order
-- is paid since one of them was.
select format('attempt %s (%s) of order %s: %s over %s VND; the order is over %s VND', a.id, a.reference, o.id, a.status, a.amount, o.total)
from attempts a
join orders o on o.id = a.order_id
where a.amount > o.total or a.reference <> replace(a.id::text, '-', '')
union all
select format('order %s (%s): %s VND paid at %s; its attempts took %s VND at %s', o.id, o.code, o.paid, o.paid_at, coalesce(a.amount, 0), a.at)
from orders o
left join (
    select order_id, sum(amount) as amount, array_agg(paid_at) as at from attempts where status = 'SETTLED' group by order_id
) a on a.order_id = o.id
where o.paid <> coalesce(a.amount, 0) or (o.paid_at is not null and o.paid_at <> all (a.at))
