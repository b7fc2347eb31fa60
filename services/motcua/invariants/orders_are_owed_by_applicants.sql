-- Whoever owes an order is the applicant of its dossier.
-- each of payments:
select format('order %s is owed by %s %s', id, payer_kind, payer_id) from orders
-- is one of submissions:
select format('order %s is owed by %s %s', c.order_id, d.party_kind, d.party_id) from charges c join dossiers d on d.id = c.dossier
