-- I5. The history of orders and attempts ends where they are.
select format('order %s is %s, its history ends %s', o.id, o.status, h.order_to)
from orders o
left join order_history h on h.order_id = o.id and h.version = o.version
where h.order_to is distinct from o.status
union all
select format('attempt %s is %s, its history ends %s', a.id, a.status, h.attempt_to)
from attempts a
left join (
    select distinct on (attempt_id) attempt_id, attempt_to
    from order_history
    where attempt_id is not null
    order by attempt_id, version desc
) h on h.attempt_id = a.id
where h.attempt_to is distinct from a.status
