-- Orders and attempts began when their histories say so, give or take an hour, and an order stands where it does since its history says
-- so, give or take two days: for orders of earlier versions the provider's clock told.
select format('order %s, version %s: %s at %s; the order is of %s and since %s %s, attempt %s of %s', h.order_id, h.version, h.cause, h.at,
    o.created_at, o.state_since, o.status, a.id, a.created_at)
from order_history h
join orders o on o.id = h.order_id
left join attempts a on a.id = h.attempt_id
where (h.cause = 'OPENED' and h.at not between o.created_at - interval '1 hour' and o.created_at + interval '1 hour')
    or (h.cause = 'STARTED' and h.at not between a.created_at - interval '1 hour' and a.created_at + interval '1 hour')
    or (h.order_to = o.status and h.order_from is distinct from h.order_to
        and h.at not between o.state_since - interval '2 days' and o.state_since + interval '2 days')
