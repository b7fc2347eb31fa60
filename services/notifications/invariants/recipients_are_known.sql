-- Whoever has a message in the inbox is somebody we know.
select format('message %s (%s) is in the inbox of %s, who is unknown', m.id, m.template, m.recipient_id)
from messages m
where m.recipient_id is not null and not exists (select from contacts c where c.id = m.recipient_id)
