-- I5. Each step of an order begins where the one before ended and is one that there is; it becomes paid by the attempt that settles it.
select format('order %s, version %s: %s to %s after %s', order_id, version, order_from, order_to, before)
from (select h.*, lag(order_to) over (partition by order_id order by version) as before from order_history h) step
where order_from is distinct from before
    or (coalesce(order_from, ''), order_to) not in (('', 'DUE'), ('DUE', 'DUE'), ('DUE', 'PAID'), ('PAID', 'PAID'))
    or (coalesce(order_from, '') <> 'PAID' and order_to = 'PAID') <> (coalesce(attempt_to, '') = 'SETTLED')
