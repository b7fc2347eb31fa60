-- I5. The history of a dossier begins at the draft, has no gap, and each of its steps begins where the one before ended and is one
-- that there is.
select format('dossier %s, step %s: %s to %s after %s', dossier, seq, from_status, to_status, before)
from (
    select h.*, lag(to_status, 1, 'DRAFT') over own as before, row_number() over own as place
    from dossier_history h
    window own as (partition by dossier order by seq)
) step
where from_status <> before
    or seq <> place
    or (from_status, to_status) not in (
        ('DRAFT', 'REGISTERED'),
        ('REGISTERED', 'RECEIVED'), ('REGISTERED', 'NOT_RECEIVED'), ('REGISTERED', 'SUPPLEMENT_REQUESTED'),
        ('REGISTERED', 'FEE_DUE'), ('REGISTERED', 'WITHDRAWN'),
        ('RECEIVED', 'PROCESSING'), ('RECEIVED', 'SUPPLEMENT_REQUESTED'), ('RECEIVED', 'FEE_DUE'), ('RECEIVED', 'WITHDRAWN'),
        ('RECEIVED', 'STOPPED'), ('RECEIVED', 'COMPLETED'),
        ('PROCESSING', 'SUPPLEMENT_REQUESTED'), ('PROCESSING', 'FEE_DUE'), ('PROCESSING', 'WITHDRAWN'),
        ('PROCESSING', 'STOPPED'), ('PROCESSING', 'COMPLETED'),
        ('SUPPLEMENT_REQUESTED', 'REGISTERED'), ('SUPPLEMENT_REQUESTED', 'RECEIVED'), ('SUPPLEMENT_REQUESTED', 'NOT_RECEIVED'),
        ('SUPPLEMENT_REQUESTED', 'PROCESSING'), ('SUPPLEMENT_REQUESTED', 'WITHDRAWN'), ('SUPPLEMENT_REQUESTED', 'STOPPED'),
        ('FEE_DUE', 'REGISTERED'), ('FEE_DUE', 'RECEIVED'), ('FEE_DUE', 'PROCESSING'), ('FEE_DUE', 'WITHDRAWN'),
        ('FEE_DUE', 'STOPPED'),
        ('STOPPED', 'PROCESSING'), ('STOPPED', 'COMPLETED'),
        ('COMPLETED', 'RETURNED'), ('COMPLETED', 'PROCESSING'), ('RETURNED', 'PROCESSING')
    )
