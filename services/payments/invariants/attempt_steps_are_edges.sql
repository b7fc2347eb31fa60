-- I5. Each step of an attempt begins where the one before ended and is one that there is.
select format('attempt %s, version %s of its order: %s to %s after %s', attempt_id, version, attempt_from, attempt_to, before)
from (
    select h.*, lag(attempt_to) over (partition by attempt_id order by version) as before
    from order_history h
    where attempt_id is not null
) step
where attempt_from is distinct from before
    or (coalesce(attempt_from, ''), attempt_to) not in (
        ('', 'CREATED'),
        ('CREATED', 'UNKNOWN'), ('CREATED', 'SETTLED'), ('CREATED', 'PAID_AGAIN'), ('CREATED', 'FAILED'), ('CREATED', 'EXPIRED'),
        ('UNKNOWN', 'SETTLED'), ('UNKNOWN', 'PAID_AGAIN'), ('UNKNOWN', 'FAILED'), ('UNKNOWN', 'EXPIRED'),
        ('FAILED', 'SETTLED'), ('FAILED', 'PAID_AGAIN'),
        ('EXPIRED', 'SETTLED'), ('EXPIRED', 'PAID_AGAIN'),
        ('SETTLED', 'REVERSED')
    )
