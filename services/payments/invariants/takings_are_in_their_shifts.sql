-- I10. What was taken at a counter stands in a shift of the agency that collects, as it was taken; and a shift that is closed says what should have
-- been in its drawer.
select format('attempt %s of order %s (%s, %s VND): taken in shift %s, %s VND', a.id, a.order_id, a.provider, a.amount, t.shift_id, t.amount)
from attempts a
full join takings t on t.attempt_id = a.id
left join shifts s on s.id = t.shift_id
left join orders o on o.id = a.order_id
where (a.provider in ('CASH', 'CARD_TERMINAL') or t.attempt_id is not null)
    and ((a.order_id, a.amount, o.agency) is distinct from (t.order_id, t.amount, s.agency)
        or (a.status = 'REVERSED') is distinct from (t.reversed_at is not null)
        or t.taken_at not between s.opened_at and coalesce(s.closed_at, 'infinity'))
union all
select format('shift %s at %s: %s VND should have been in the drawer, its cash makes %s VND', s.id, s.till, s.expected, s.opening + coalesce(c.cash, 0))
from shifts s
left join (
    select t.shift_id, sum(t.amount) as cash
    from takings t
    join attempts a on a.id = t.attempt_id
    where a.provider = 'CASH' and t.reversed_at is null
    group by t.shift_id
) c on c.shift_id = s.id
where s.expected <> s.opening + coalesce(c.cash, 0)
