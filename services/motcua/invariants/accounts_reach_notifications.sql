-- I8. What accounts told notifications, and notifications receipted, took effect there or was kept as a dead letter.
-- each of accounts:
select format('event %s', id) from outbox
where not 'notifications' = any(waiting_for)
    -- Whom it was addressed to: the version before did not write that down.
    and coalesce('notifications' = any(addressed_to), receipted_at is not null or cardinality(waiting_for) > 0)
-- is one of notifications:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
