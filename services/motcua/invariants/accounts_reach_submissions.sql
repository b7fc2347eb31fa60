-- I8. What accounts told submissions, and submissions receipted, took effect there or was kept as a dead letter.
-- each of accounts:
select format('event %s', id) from outbox where not 'submissions' = any(waiting_for) and type = 'vn.motcua.agency.opened.v1'
-- is one of submissions:
select format('event %s', event_id) from inbox
union
select format('event %s', event_id) from dead_letter
