-- I8. An event that was addressed waits for a listener or is receipted by all of them, never neither or both.
select format('outbox %s (%s): waits for %s, receipted at %s', id, type, waiting_for, receipted_at)
from outbox
where (receipted_at is not null and cardinality(waiting_for) > 0)
    or (receipted_at is null and cardinality(waiting_for) = 0 and (addressed_to is not null or attempts > 20))
