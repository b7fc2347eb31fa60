-- I10. A receipt says what was paid, to whom and by whom; one that is valid is of a payment that stands. Since there are receipts, each payment that
-- settled an order has one, or will have.
select format('receipt %s of %s %s: %s VND of attempt %s (%s), which is over %s VND', r.number, r.symbol, r.year, r.amount, a.id, a.status, a.amount)
from receipts r
left join attempts a on a.id = r.attempt_id
left join orders o on o.id = a.order_id
where (r.amount, r.way, r.order_id, r.agency, r.code, r.payer_kind, r.payer_id)
        is distinct from (a.amount, a.provider, a.order_id, o.agency, o.code, o.payer_kind, o.payer_id)
    or (r.state = 'ISSUED' and a.status <> 'SETTLED')
union all
select format('attempt %s of order %s settled it, and there is no receipt', a.id, a.order_id)
from attempts a
join order_history h on h.attempt_id = a.id and h.attempt_to = 'SETTLED'
where a.status = 'SETTLED'
    and h.at > (select min(issued_at) from receipts)
    and not exists (select from receipts r where r.attempt_id = a.id)
    and not exists (select from jobs j where j.kind = 'issue_receipt' and j.payload::json ->> 'attempt_id' = a.id::text)
