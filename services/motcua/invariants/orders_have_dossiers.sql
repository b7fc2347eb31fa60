-- Each order is the fee of a dossier.
-- each of payments:
select format('order %s of dossier %s (%s) over %s VND', id, dossier_id, code, total) from orders
-- is one of submissions:
select format('order %s of dossier %s (%s) over %s VND', order_id, id, code, fee_total) from dossiers where order_id is not null
