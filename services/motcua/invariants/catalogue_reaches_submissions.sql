-- I8. What catalogue told submissions, and submissions receipted, took effect there or was kept as a dead letter.
-- each of catalogue:
select format('event %s', id) from outbox
where not 'submissions' = any(waiting_for)
    -- Whom it was addressed to: the version before did not write that down.
    and coalesce('submissions' = any(addressed_to), receipted_at is not null or cardinality(waiting_for) > 0)
-- is one of submissions:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
