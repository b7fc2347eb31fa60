-- A dossier that is charged and not paid for is not worked on, unless it was handed in at a counter, and never completed; one that is paid
-- for does not wait.
select format('dossier %s (%s): %s with %s charges owed', d.id, d.code, d.status, c.owed)
from dossiers d
left join (
    select dossier, count(*) as owed from charges where state in ('DUE', 'PART_PAID') group by dossier
) c on c.dossier = d.id
where (c.owed > 0 and (d.status in ('REGISTERED', 'COMPLETED', 'RETURNED')
        or d.channel = 'ONLINE' and d.status in ('RECEIVED', 'PROCESSING')))
    or (d.status = 'FEE_DUE' and c.owed is null)
