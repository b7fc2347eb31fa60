-- An event says of itself what its row says: which one it is, of which type, and about whom.
select format('outbox %s (%s about %s): the event says %s, %s about %s', id, type, subject, told ->> 'id', told ->> 'type',
    told ->> 'subject')
from (select id, type, subject, payload::json as told from outbox) event
where (told ->> 'id', told ->> 'type', told ->> 'subject') is distinct from (id::text, type, subject)
