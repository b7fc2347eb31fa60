-- I8. An event that was given up and never put back has taken no effect.
select format('event %s (%s): given up at %s, yet handled at %s', d.event_id, d.type, d.failed_at, i.received_at)
from dead_letter d
join inbox i using (event_id)
where d.replayed_at is null
