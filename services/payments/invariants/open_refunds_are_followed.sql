-- A refund that goes back through its provider is followed until it is done, or was given up to a person: none is forgotten.
select format('refund %s of order %s: %s since %s, and nobody follows it', f.id, f.order_id, f.state, f.state_since)
from refunds f
where f.way = 'PROVIDER' and f.state in ('APPROVED', 'SENT', 'UNKNOWN')
    and not exists (select from jobs j where j.kind = 'send_refund' and j.payload::json ->> 'refund_id' = f.id::text)
