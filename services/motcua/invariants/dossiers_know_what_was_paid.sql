-- Each paid order is known to its dossier, once payments' word has been receipted.
-- each of payments:
select format('order %s of dossier %s over %s VND', o.id, o.dossier_id, o.total)
from orders o
where o.status = 'PAID'
    and not exists (
        select from outbox b
        where b.receipted_at is null and b.type in ('vn.motcua.payment.settled.v1', 'vn.motcua.order.moved.v1') and b.subject = o.id::text)
-- is one of submissions:
select format('order %s of dossier %s over %s VND', order_id, dossier, total) from charges where paid_at is not null
union
select format('order %s of dossier %s over %s VND', event ->> 'order_id', event ->> 'dossier_id', event ->> 'amount')
from (select payload::json -> 'data' as event from dead_letter where type = 'vn.motcua.payment.settled.v1') d
