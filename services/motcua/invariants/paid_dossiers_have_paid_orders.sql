-- Each dossier whose fee is paid has the order, paid at the same time.
-- each of submissions:
select format('order %s of dossier %s over %s VND, paid at %s', order_id, dossier, total, paid_at) from charges where paid_at is not null
-- is one of payments:
select format('order %s of dossier %s over %s VND, paid at %s', id, dossier_id, total, paid_at) from orders where status in ('PAID', 'REFUNDING', 'REFUNDED')
union
-- What a cashier gave back is heard of in a moment.
select format('order %s of dossier %s over %s VND, paid at %s', o.id, o.dossier_id, o.total, a.paid_at)
from orders o join attempts a on a.order_id = o.id
where o.reversals > 0 and a.paid_at is not null and exists (
    select from outbox b where b.receipted_at is null and b.type = 'vn.motcua.order.moved.v1' and b.subject = o.id::text
)
