-- Each cause of lateness is in the audit log, by who recorded it, and none is gone.
select format('dossier %s: %s causes by %s, %s in the audit log', coalesce(c.dossier, a.dossier), coalesce(c.causes, 0),
    coalesce(c.noted_by, a.actor_id), coalesce(a.causes, 0))
from (select dossier::text as dossier, noted_by, count(*) as causes from lateness_causes group by 1, 2) c
full join (
    select subject_id as dossier, actor_id, count(*) as causes from audit_log where action = 'dossier.lateness_noted' group by 1, 2
) a on a.dossier = c.dossier and a.actor_id = c.noted_by
where a.causes is distinct from c.causes
