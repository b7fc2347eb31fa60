-- I3. Each transfer names what it was written for, and that is there. Attempts are the only causes so far.
select format('transfer %s of order %s: caused by %s %s, which there is not', t.id, t.order_id, t.cause_kind, t.cause_id)
from transfers t
left join attempts a on a.id = t.cause_id and a.order_id = t.order_id and t.cause_kind = 'ATTEMPT'
where a.id is null
