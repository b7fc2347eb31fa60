-- I4. Of an attempt no more goes back than it took, and as much as its refunds say; an order knows what of its payment went back.
select format('attempt %s of order %s: took %s, %s go back, its refunds are over %s', a.id, a.order_id, a.amount, a.going_back, coalesce(r.amount, 0))
from attempts a
left join (
    select attempt_id, sum(amount) as amount from refunds where state not in ('FAILED', 'TURNED_DOWN') group by attempt_id
) r on r.attempt_id = a.id
where a.going_back <> coalesce(r.amount, 0) or a.going_back > a.amount
union all
select format('order %s: %s VND went back, its refunds done are over %s', o.id, o.refunded, coalesce(r.amount, 0))
from orders o
left join (
    select f.order_id, sum(f.amount) as amount
    from refunds f
    join attempts a on a.id = f.attempt_id
    where f.state = 'DONE' and a.status = 'SETTLED'
    group by f.order_id
) r on r.order_id = o.id
where o.refunded <> coalesce(r.amount, 0)
