-- A message that is not sent waits to be, or was given up: its job is there. None is forgotten.
select format('message %s (%s) is %s since %s and nobody sends it', m.id, m.template, m.state, m.created_at)
from messages m
where m.state <> 'SENT'
    and not exists (select from jobs j where j.kind = 'send_message' and j.payload::json ->> 'message_id' = m.id::text)
