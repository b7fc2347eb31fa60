-- I3, I5. A joint payment is over the sum of its attempts, two or more, each of another order of its payer; and they moved together: all took money
-- under one number, or none did.
select format('joint payment %s at %s over %s VND: %s attempts over %s VND of %s orders, positions up to %s; in %s states, %s took money under %s numbers',
    j.id, j.provider, j.total, coalesce(p.attempts, 0), p.amount, p.orders, p.last, p.states, p.took, p.numbers)
from joint_payments j
left join (
    select joint_payment_id, count(*) as attempts, sum(amount) as amount, count(distinct order_id) as orders, max(joint_position) as last,
        count(*) filter (where status in ('SETTLED', 'PAID_AGAIN')) as took,
        count(distinct (provider_reference, paid_at)) filter (where provider_reference is not null) as numbers,
        count(distinct case when status in ('SETTLED', 'PAID_AGAIN') then 'TOOK' else status end) as states
    from attempts
    where joint_payment_id is not null
    group by joint_payment_id
) p on p.joint_payment_id = j.id
where p.attempts is null
    or p.attempts < 2
    or (p.amount, p.orders, p.last::bigint, p.states) is distinct from (j.total, p.attempts, p.attempts - 1, 1::bigint)
    or p.numbers <> (p.took > 0)::integer
    or j.reference <> replace(j.id::text, '-', '')
union all
select format('attempt %s of order %s: at %s until %s, its joint payment %s at %s until %s', a.id, a.order_id, a.provider, a.expires_at, j.id,
    j.provider, j.expires_at)
from attempts a
join joint_payments j on j.id = a.joint_payment_id
join orders o on o.id = a.order_id
where (a.provider, a.expires_at, o.payer_kind, o.payer_id)
    is distinct from (j.provider, j.expires_at, j.payer_kind, j.payer_id)
