-- Each dossier that waits to be received or is worked on is looked at for its deadlines, and no other is. One that was due to be looked at
-- an hour ago was forgotten: its worker stands still.
select format('dossier %s (%s): watched %s', coalesce(d.id, w.dossier), d.status, w.dossier is not null)
from (select id, status from dossiers where status in ('REGISTERED', 'RECEIVED', 'PROCESSING')) d
full join watches w on w.dossier = d.id
where d.id is null or w.dossier is null
