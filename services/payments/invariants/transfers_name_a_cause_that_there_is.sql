-- I3. Each transfer names what it was written for, and that is there: an attempt, that one was reversed, or a refund.
select format('transfer %s of order %s: caused by %s %s, which there is not', t.id, t.order_id, t.cause_kind, t.cause_id)
from transfers t
left join attempts a on a.id = t.cause_id and a.order_id = t.order_id and t.cause_kind in ('ATTEMPT', 'REVERSAL')
left join refunds f on f.id = t.cause_id and f.order_id = t.order_id and t.cause_kind = 'REFUND'
where a.id is null and f.id is null
