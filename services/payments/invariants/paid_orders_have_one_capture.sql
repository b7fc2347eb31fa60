-- I3. What an order says was paid is what was captured for it, in đồng and in one transfer; nothing for an order that nobody paid.
select format('order %s (%s): %s, total %s VND, paid %s VND, captured %s', o.id, o.code, o.status, o.total, o.paid, coalesce(c.amounts, '{}'))
from orders o
left join (
    select order_id, array_agg(amount || ' ' || currency) as amounts
    from transfers
    where purpose = 'CAPTURE'
    group by order_id
) c on c.order_id = o.id
where coalesce(c.amounts, '{}') <> case when o.paid > 0 then array[o.paid || ' VND'] else '{}' end
