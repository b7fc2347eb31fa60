-- I3. An attempt that took money has one transfer of exactly its amount, any other attempt none; one that was taken wrongly has one more, of
-- what went back.
select format('attempt %s of order %s: %s, %s VND, booked %s', a.id, a.order_id, a.status, a.amount, coalesce(t.booked, '{}'))
from attempts a
left join (
    select cause_id, array_agg(purpose || ' ' || amount || ' ' || currency order by purpose) as booked
    from transfers
    where cause_kind in ('ATTEMPT', 'REVERSAL')
    group by cause_id
) t on t.cause_id = a.id
where coalesce(t.booked, '{}') <> case a.status
    when 'SETTLED' then array['CAPTURE ' || a.amount || ' VND']
    when 'PAID_AGAIN' then array['SURPLUS ' || a.amount || ' VND']
    when 'REVERSED' then array['CAPTURE ' || a.amount || ' VND', 'REVERSAL ' || a.amount || ' VND']
    else '{}' end
