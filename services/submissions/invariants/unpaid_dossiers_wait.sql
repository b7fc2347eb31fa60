-- A dossier whose fee is not paid is not worked on, and one whose fee is paid does not wait for it.
select format('dossier %s (%s): %s, order %s, paid at %s', id, code, status, order_id, fee_paid_at)
from dossiers
where (order_id is not null and fee_paid_at is null
        and status in ('REGISTERED', 'RECEIVED', 'PROCESSING', 'COMPLETED', 'RETURNED'))
    or (status = 'FEE_DUE' and (order_id is null or fee_paid_at is not null))
