-- Each fee of a dossier has its order, once payments has receipted it; one that was taken back may never have come to payments.
-- each of submissions:
select format('order %s of dossier %s (%s) over %s VND', c.order_id, d.id, d.code, c.total)
from charges c
join dossiers d on d.id = c.dossier
where c.state <> 'CANCELLED' and not exists (
    select from outbox b
    where b.receipted_at is null and b.type in ('vn.motcua.dossier.fee_due.v1', 'vn.motcua.dossier.moved.v1') and b.subject = d.id::text)
-- is one of payments:
select format('order %s of dossier %s (%s) over %s VND', id, dossier_id, code, total) from orders
union
select format('order %s of dossier %s (%s) over %s VND', event ->> 'order_id', event ->> 'dossier_id', event ->> 'code',
    event ->> 'total')
from (select payload::json -> 'data' as event from dead_letter where type = 'vn.motcua.dossier.fee_due.v1') d
