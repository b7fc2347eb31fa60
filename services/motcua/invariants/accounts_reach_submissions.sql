-- I8. What accounts told submissions, and submissions receipted, took effect there or was kept as a dead letter.
-- each of accounts:
select format('event %s', id) from outbox
where not 'submissions' = any(waiting_for)
    -- Whom it was addressed to: the version before did not write that down.
    and coalesce('submissions' = any(addressed_to), (type = 'vn.motcua.agency.opened.v1') and (receipted_at is not null or cardinality(waiting_for) > 0))
-- is one of submissions:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
