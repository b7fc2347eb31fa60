-- I9. What happened to a dossier is written to each recipient once in each way.
select format('%s about %s to %s: %s messages', template, about, coalesce(recipient_id::text, 'nobody''s inbox'), count(*))
from messages
where about is not null
group by about, template, channel, recipient_id
having count(*) > 1
