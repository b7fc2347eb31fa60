-- I8. What submissions told payments, and payments receipted, took effect there or was kept as a dead letter.
-- each of submissions:
select format('event %s', id) from outbox
where not 'payments' = any(waiting_for)
    -- Whom it was addressed to: the version before did not write that down.
    and coalesce('payments' = any(addressed_to), (type = 'vn.motcua.dossier.fee_due.v1') and (receipted_at is not null or cardinality(waiting_for) > 0))
-- is one of payments:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
