-- An attempt of which the provider has not told the end is asked about, or was given up to a person: none is forgotten. Of a joint payment it is
-- the first, for all.
select format('attempt %s of order %s: %s since %s, and nobody asks', a.id, a.order_id, a.status, a.created_at)
from attempts a
left join attempts first on first.joint_payment_id = a.joint_payment_id and first.joint_position = 0
where a.status in ('CREATED', 'UNKNOWN')
    and not exists (select from jobs j where j.kind = 'ask_provider' and j.payload::json ->> 'attempt_id' = coalesce(first.id, a.id)::text)
