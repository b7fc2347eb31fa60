-- A message was sent when it was accepted, under the number that the other side gave it.
select format('message %s: sent at %s as %s, accepted at %s as %s', m.id, m.sent_at, m.provider_reference, a.at, nullif(a.detail, ''))
from messages m
join message_attempts a on a.message_id = m.id and a.outcome = 'ACCEPTED'
where (m.sent_at, m.provider_reference) is distinct from (a.at, nullif(a.detail, ''))
