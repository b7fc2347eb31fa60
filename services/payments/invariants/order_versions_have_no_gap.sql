-- I5. The history of an order has each version from 1 to the order's once.
select format('order %s: version %s, history of %s steps from %s to %s', o.id, o.version, coalesce(h.steps, 0), h.first, h.last)
from orders o
left join (
    select order_id, count(*) as steps, min(version) as first, max(version) as last from order_history group by order_id
) h on h.order_id = o.id
where (h.steps, h.first, h.last) is distinct from (o.version::bigint, 1, o.version)
