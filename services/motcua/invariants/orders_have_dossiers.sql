-- Each order is the fee of a dossier.
-- each of payments:
select format('order %s of dossier %s (%s) over %s VND', id, dossier_id, code, total) from orders
-- is one of submissions:
select format('order %s of dossier %s (%s) over %s VND', c.order_id, d.id, d.code, c.total)
from charges c
join dossiers d on d.id = c.dossier
