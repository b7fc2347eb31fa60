-- The lines of an order are numbered from 0 and make its total.
select format('order %s (%s) over %s VND: %s lines up to number %s over %s VND', o.id, o.code, o.total, coalesce(l.lines, 0), l.last, l.amount)
from orders o
left join (
    select order_id, count(*) as lines, max(position) as last, sum(amount) as amount from order_lines group by order_id
) l on l.order_id = o.id
where (l.amount, l.lines) is distinct from (o.total, l.last + 1)
