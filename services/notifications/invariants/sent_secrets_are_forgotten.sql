-- A secret is kept until its message is sent, no longer.
select format('message %s (%s) was sent at %s with a secret that is still kept', id, template, sent_at)
from messages
where state = 'SENT' and secret <> ''
