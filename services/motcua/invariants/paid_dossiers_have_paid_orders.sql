-- Each dossier whose fee is paid has the order, paid at the same time.
-- each of submissions:
select format('order %s of dossier %s over %s VND, paid at %s', order_id, dossier, total, paid_at) from charges where paid_at is not null
-- is one of payments:
select format('order %s of dossier %s over %s VND, paid at %s', id, dossier_id, total, paid_at) from orders where status in ('PAID', 'REFUNDING', 'REFUNDED')
