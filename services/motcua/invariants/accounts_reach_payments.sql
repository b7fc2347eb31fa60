-- I8. What accounts told payments, and payments receipted, took effect there or was kept as a dead letter.
-- each of accounts:
select format('event %s', id) from outbox
where not 'payments' = any(waiting_for)
    -- The version before told it nothing.
    and coalesce('payments' = any(addressed_to), false)
-- is one of payments:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
