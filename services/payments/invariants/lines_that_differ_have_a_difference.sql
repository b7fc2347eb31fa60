-- I10. What a statement says otherwise than the books is a difference, and what a rule is to end is looked at.
select format('line %s of statement %s differs (%s VND), and there is no difference', l.number, l.statement_id, l.amount)
from statement_lines l
where l.outcome = 'DIFFERS' and not exists (select from differences d where d.line_id = l.id)
union all
select format('difference %s (%s of %s): a line that agrees', d.id, d.class, d.day)
from differences d
join statement_lines l on l.id = d.line_id
where l.outcome <> 'DIFFERS'
union all
select format('difference %s (%s of %s): %s, and nobody looks', d.id, d.class, d.day, d.state)
from differences d
where d.state = 'HEALING'
    and not exists (select from jobs j where j.kind = 'heal_difference' and j.payload::json ->> 'difference_id' = d.id::text)
union all
select format('line %s of statement %s: of refund %s, which is not here', l.number, l.statement_id, l.refund_id)
from statement_lines l
where l.refund_id is not null and not exists (select from refunds f where f.id = l.refund_id)
union all
select format('difference %s (%s of %s): of refund %s, which is not here', d.id, d.class, d.day, d.refund_id)
from differences d
where d.refund_id is not null and not exists (select from refunds f where f.id = d.refund_id)
