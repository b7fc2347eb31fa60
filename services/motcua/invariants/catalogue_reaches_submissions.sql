-- I8. What catalogue told submissions, and submissions receipted, took effect there or was kept as a dead letter.
-- each of catalogue:
select format('event %s', id) from outbox where not 'submissions' = any(waiting_for) and type = 'vn.motcua.procedure.published.v1'
-- is one of submissions:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
