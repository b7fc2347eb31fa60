-- I9. A message that was sent was accepted once, any other never; its attempts have no gap.
select format('message %s is %s: %s attempts, the last is number %s, %s accepted', m.id, m.state, coalesce(a.count, 0), a.last,
    coalesce(a.accepted, 0))
from messages m
left join (
    select message_id, count(*) as count, max(number) as last, count(*) filter (where outcome = 'ACCEPTED') as accepted
    from message_attempts
    group by message_id
) a on a.message_id = m.id
where coalesce(a.accepted, 0) <> (m.state = 'SENT')::integer or a.count <> a.last
