-- A completed dossier has a result.
select format('dossier %s (%s) is %s without a result', d.id, d.code, d.status)
from dossiers d
where d.status in ('COMPLETED', 'RETURNED') and not exists (select from results r where r.dossier = d.id)
