-- I3. A refund that is done has one transfer of exactly its amount, any other none; and it is of the attempt's order and agency.
select format('refund %s of order %s: %s, %s VND, booked %s', f.id, f.order_id, f.state, f.amount, coalesce(t.booked, '{}'))
from refunds f
left join (
    select cause_id, array_agg(purpose || ' ' || amount || ' ' || currency) as booked
    from transfers
    where cause_kind = 'REFUND'
    group by cause_id
) t on t.cause_id = f.id
where coalesce(t.booked, '{}') <> case f.state when 'DONE' then array['REFUND ' || f.amount || ' VND'] else '{}' end
union all
select format('refund %s is of order %s and agency %s, its attempt of %s and %s', f.id, f.order_id, f.agency, a.order_id, o.agency)
from refunds f
left join attempts a on a.id = f.attempt_id
left join orders o on o.id = f.order_id
where (a.order_id, o.agency) is distinct from (f.order_id, f.agency)
