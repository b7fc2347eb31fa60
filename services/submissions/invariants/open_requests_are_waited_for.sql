-- Requests are numbered from 1. While one for papers is open its dossier waits for it, and no dossier waits for papers nobody asked for.
select format('dossier %s, request %s after %s', dossier, seq, place - 1)
from (select r.*, row_number() over (partition by dossier order by seq) as place from requests r) request
where seq <> place
union all
select format('dossier %s (%s) is %s with %s open requests for papers', d.id, d.code, d.status, coalesce(r.open, 0))
from dossiers d
left join (
    select dossier, count(*) as open from requests where kind = 'SUPPLEMENT' and state = 'OPEN' group by dossier
) r on r.dossier = d.id
where (d.status = 'SUPPLEMENT_REQUESTED' and coalesce(r.open, 0) <> 1)
    or (coalesce(r.open, 0) > 0 and d.status <> 'SUPPLEMENT_REQUESTED')
