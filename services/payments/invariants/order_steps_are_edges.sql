-- I5. Each step of an order begins where the one before ended and is one that there is (domain/order.rs); it becomes paid, or paid in part, by the
-- attempt that settles, or is paid whole as its rest is waived.
select format('order %s, version %s: %s to %s after %s', order_id, version, order_from, order_to, before)
from (select h.*, lag(order_to) over (partition by order_id order by version) as before from order_history h) step
where order_from is distinct from before
    or (coalesce(order_from, ''), order_to) not in (
        ('', 'DUE'),
        ('DUE', 'PART_PAID'), ('DUE', 'PAID'), ('DUE', 'CANCELLED'), ('DUE', 'WAIVED'),
        ('PART_PAID', 'PAID'), ('PART_PAID', 'REFUNDING'), ('PART_PAID', 'DUE'),
        ('PAID', 'REFUNDING'), ('PAID', 'DUE'), ('PAID', 'PART_PAID'),
        ('REFUNDING', 'REFUNDED'), ('REFUNDING', 'PART_PAID'), ('REFUNDING', 'PAID'),
        -- An attempt alone moves.
        ('DUE', 'DUE'), ('PART_PAID', 'PART_PAID'), ('PAID', 'PAID'), ('REFUNDING', 'REFUNDING'), ('REFUNDED', 'REFUNDED'),
        ('CANCELLED', 'CANCELLED'), ('WAIVED', 'WAIVED')
    )
    or (attempt_to = 'SETTLED' and not (order_from = any ('{DUE,PART_PAID}') and order_to = any ('{PART_PAID,PAID}')))
    or (order_from = any ('{DUE,PART_PAID}') and order_to = any ('{PART_PAID,PAID}') and order_from <> order_to
        and cause <> 'WAIVED' and attempt_to is distinct from 'SETTLED')
