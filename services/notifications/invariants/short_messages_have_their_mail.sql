-- What the inbox leaves out stands in it at more length.
select format('the SMS %s to %s says in short the mail %s, which is not there', s.id, s.recipient_id, s.short_of)
from messages s
where s.short_of is not null and not exists (
    select from messages m
    where m.id = s.short_of and m.channel = 'EMAIL' and m.recipient_id is not distinct from s.recipient_id
)
