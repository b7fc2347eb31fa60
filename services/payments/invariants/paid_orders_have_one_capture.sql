-- I3. What an order says was paid is what was captured for it and was not taken back as wrong, in đồng; nothing for an order that nobody paid. What a
-- cashier took wrongly went back once for each time that the order counts, and no more is paid and waived than is due.
select format('order %s (%s): %s, total %s VND, paid %s VND, waived %s VND, reversed %s times, captured %s VND, went back %s VND in %s times', o.id, o.code,
    o.status, o.total, o.paid, o.waived, o.reversals, coalesce(t.captured, 0), coalesce(t.reversed, 0), coalesce(t.reversals, 0))
from orders o
left join (
    select order_id,
        sum(amount) filter (where purpose = 'CAPTURE') as captured,
        sum(amount) filter (where purpose = 'REVERSAL') as reversed,
        count(*) filter (where purpose = 'REVERSAL') as reversals
    from transfers
    where purpose in ('CAPTURE', 'REVERSAL') and currency = 'VND'
    group by order_id
) t on t.order_id = o.id
where (o.paid, o.reversals) is distinct from (coalesce(t.captured, 0) - coalesce(t.reversed, 0), coalesce(t.reversals, 0))
    or o.paid + o.waived > o.total
