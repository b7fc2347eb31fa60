-- I8. What payments told notifications, and notifications receipted, took effect there or was kept as a dead letter.
-- each of payments:
select format('event %s', id) from outbox
where not 'notifications' = any(waiting_for)
    -- The version before told it nothing.
    and coalesce('notifications' = any(addressed_to), false)
-- is one of notifications:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
