-- Of each attempt that took money the provider's word is kept, by which it did, with the provider's number: of a joint payment with its first
-- attempt. (Cashiers give no such word.)
select format('attempt %s of order %s: %s as %s, and the provider''s word is not there', a.id, a.order_id, a.status, a.provider_reference)
from attempts a
left join attempts first on first.joint_payment_id = a.joint_payment_id and first.joint_position = 0
where a.status in ('SETTLED', 'PAID_AGAIN')
    and a.provider not in ('CASH', 'CARD_TERMINAL')
    and not exists (
        select from provider_callbacks c
        where c.attempt_id = coalesce(first.id, a.id) and c.verdict = 'ACCEPTED' and position(a.provider_reference in c.raw) > 0)
