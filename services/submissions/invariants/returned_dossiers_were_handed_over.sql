-- A result was handed over, in a way that is written down, when and only when its dossier was returned.
select format('dossier %s (%s) is %s, handed over at %s', d.id, d.code, d.status, r.returned_at)
from dossiers d
full join returns r on r.dossier = d.id
where (d.status = 'RETURNED') <> (r.dossier is not null)
