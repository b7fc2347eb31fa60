-- An attempt is over all of its order and is called at the provider by its id. The one that settled it took what was paid, when it was
-- paid.
select format('attempt %s (%s) of order %s: %s over %s VND paid at %s; the order is over %s VND, %s of them paid at %s', a.id, a.reference,
    o.id, a.status, a.amount, a.paid_at, o.total, o.paid, o.paid_at)
from attempts a
join orders o on o.id = a.order_id
where a.amount <> o.total
    or a.reference <> replace(a.id::text, '-', '')
    or (a.status = 'SETTLED' and (a.amount, a.paid_at) is distinct from (o.paid, o.paid_at))
union all
select format('order %s (%s): %s VND paid at %s, by no attempt', o.id, o.code, o.paid, o.paid_at)
from orders o
where o.paid > 0 and not exists (select from attempts a where a.order_id = o.id and a.status = 'SETTLED')
