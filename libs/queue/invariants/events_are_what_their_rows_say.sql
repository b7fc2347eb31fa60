-- An event says of itself what its row says: which one it is, of which type, and about whom.
select format('outbox %s (%s about %s): the event says %s, %s about %s', o.id, o.type, o.subject, told.id, told.type, told.subject)
from outbox o
cross join lateral json_to_record(o.payload::json) as told (id text, type text, subject text)
where (told.id, told.type, told.subject) is distinct from (o.id::text, o.type, o.subject)
