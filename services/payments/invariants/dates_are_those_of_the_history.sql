-- Orders and attempts began when their histories say so, give or take an hour, and an order stands where it does since its history says
-- so, give or take two days: for orders of earlier versions the provider's clock told.
select format('order %s of %s, attempt %s of %s: %s at %s', o.id, o.created_at, a.id, a.created_at, h.cause, h.at)
from order_history h
join orders o on o.id = h.order_id
left join attempts a on a.id = h.attempt_id
where (h.cause = 'OPENED' and h.at not between o.created_at - interval '1 hour' and o.created_at + interval '1 hour')
    or (h.cause = 'STARTED' and h.at not between a.created_at - interval '1 hour' and a.created_at + interval '1 hour')
union all
select format('order %s: %s since %s, by its history since %s', o.id, o.status, o.state_since, h.at)
from orders o
join (
    select distinct on (order_id) order_id, at
    from order_history
    where order_from is distinct from order_to
    order by order_id, version desc
) h on h.order_id = o.id
where h.at not between o.state_since - interval '2 days' and o.state_since + interval '2 days'
