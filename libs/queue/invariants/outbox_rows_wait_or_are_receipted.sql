-- I8. An event waits for a listener or is receipted by all of them, never neither or both.
select format('outbox %s (%s): waits for %s, receipted at %s', id, type, waiting_for, receipted_at)
from outbox
where (receipted_at is null) <> (cardinality(waiting_for) > 0)
