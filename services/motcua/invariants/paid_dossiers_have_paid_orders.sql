-- Each dossier whose fee is paid has the paid order.
-- each of submissions:
select format('order %s of dossier %s over %s VND', order_id, dossier, total) from charges where paid_at is not null
-- is one of payments:
select format('order %s of dossier %s over %s VND', id, dossier_id, total) from orders where status = 'PAID'
