-- I3. A paid order has one capture, of exactly its total in đồng; an order that is due has none.
select format('order %s (%s): %s, total %s VND, captured %s', o.id, o.code, o.status, o.total, coalesce(c.amounts, '{}'))
from orders o
left join (
    select order_id, array_agg(amount || ' ' || currency) as amounts
    from transfers
    where purpose = 'CAPTURE'
    group by order_id
) c on c.order_id = o.id
where coalesce(c.amounts, '{}') <> case o.status when 'PAID' then array[o.total || ' VND'] else '{}' end
