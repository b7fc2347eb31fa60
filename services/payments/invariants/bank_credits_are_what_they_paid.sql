-- A transfer that was taken is the money of its attempt: under the bank's number, over as much; any other is nobody's.
select format('bank credit %s (%s at %s): %s over %s VND; attempt %s: %s as %s over %s VND', c.id, c.transaction_id, c.bank, c.state, c.amount,
    a.id, a.status, a.provider_reference, a.amount)
from bank_credits c
left join attempts a on a.id = c.attempt_id
where (c.state = 'TAKEN') <> coalesce(a.status in ('SETTLED', 'PAID_AGAIN'), false)
    or (c.state = 'TAKEN' and (a.provider, a.provider_reference, a.amount, a.order_id) is distinct from ('VIETQR', c.transaction_id, c.amount, c.order_id))
