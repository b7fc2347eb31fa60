-- I5. The history of a dossier ends where it is; a draft has none.
select format('dossier %s (%s) is %s, its history ends %s', d.id, d.code, d.status, h.to_status)
from dossiers d
left join (
    select distinct on (dossier) dossier, to_status from dossier_history order by dossier, seq desc
) h on h.dossier = d.id
where coalesce(h.to_status, 'DRAFT') <> d.status
