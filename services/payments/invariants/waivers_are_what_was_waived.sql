-- What an order says was waived is what its approved waivers are over, each a step of its history; and a waiver is of its order's agency and dossier.
select format('order %s (%s): %s of %s VND waived in %s steps, its waivers are over %s VND, %s of them', o.id, o.code, o.waived, o.total, h.steps,
    coalesce(w.amount, 0), coalesce(w.waivers, 0))
from orders o
left join (
    select order_id, sum(amount) as amount, count(*) as waivers from waivers where state = 'APPROVED' group by order_id
) w on w.order_id = o.id
cross join lateral (select count(*) as steps from order_history s where s.order_id = o.id and s.cause = 'WAIVED') h
where (o.waived, h.steps) is distinct from (coalesce(w.amount, 0), coalesce(w.waivers, 0))
union all
select format('waiver %s of order %s is of agency %s and dossier %s, its order of %s and %s', w.id, w.order_id, w.agency, w.code, o.agency, o.code)
from waivers w
left join orders o on o.id = w.order_id
where (o.agency, o.code) is distinct from (w.agency, w.code)
