-- An attempt of which the provider has not told the end is asked about, or was given up to a person: none is forgotten.
select format('attempt %s of order %s: %s since %s, and nobody asks', a.id, a.order_id, a.status, a.created_at)
from attempts a
where a.status in ('CREATED', 'UNKNOWN')
    and not exists (select from jobs j where j.kind = 'ask_provider' and j.payload::json ->> 'attempt_id' = a.id::text)
