-- I3. What an order says was paid is what was captured for it, in đồng and in one transfer; nothing for an order that nobody paid. What a cashier
-- took wrongly was captured too, and went back: once for each time that the order counts.
select format('order %s (%s): %s, total %s VND, paid %s VND, reversed %s times, captured %s, went back %s', o.id, o.code, o.status, o.total, o.paid,
    o.reversals, coalesce(t.captured, '{}'), coalesce(t.reversed, '{}'))
from orders o
left join (
    select order_id,
        coalesce(array_agg(amount || ' ' || currency) filter (where purpose = 'CAPTURE'), '{}') as captured,
        coalesce(array_agg(amount || ' ' || currency) filter (where purpose = 'REVERSAL'), '{}') as reversed
    from transfers
    where purpose in ('CAPTURE', 'REVERSAL')
    group by order_id
) t on t.order_id = o.id
where coalesce(t.captured, '{}')
        <> array_fill(o.total || ' VND', array[o.reversals]) || case when o.paid > 0 then array[o.paid || ' VND'] else '{}' end
    or coalesce(t.reversed, '{}') <> array_fill(o.total || ' VND', array[o.reversals])
