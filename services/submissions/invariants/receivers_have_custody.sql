-- Who received a dossier, for the agency that it was filed at or at the centre that took it in, is the first who had it.
select format('dossier %s (%s): received by %s, first in the custody of %s of %s', d.id, d.code, h.actor_id, c.to_official, c.to_agency)
from custody c
join dossiers d on d.id = c.dossier
left join (
    select distinct on (dossier) dossier, actor_id from dossier_history where to_status = 'RECEIVED' order by dossier, seq
) h on h.dossier = c.dossier
where c.seq = 1
    and (c.to_official is distinct from h.actor_id or c.to_agency <> coalesce(d.taken_at, split_part(d.code, '-', 1)))
