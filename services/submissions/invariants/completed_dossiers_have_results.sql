-- A completed dossier has a result that stands; a document that says why something is declined completes its dossier.
select format('dossier %s (%s) is %s without a result', d.id, d.code, d.status)
from dossiers d
where d.status in ('COMPLETED', 'RETURNED') and not exists (select from results r where r.dossier = d.id and r.replaced_by is null)
union all
select format('dossier %s (%s) is %s and was declined', d.id, d.code, d.status)
from dossiers d
where d.status not in ('COMPLETED', 'RETURNED')
    and exists (select from results r where r.dossier = d.id and r.kind = 'REFUSAL' and r.replaced_by is null)
