-- A due date that was put off is in the clock with the one before it, later than that; since the first time, only for a reason that is
-- kept.
select format('dossier %s, request %s: the clock does not know this extension', r.dossier, r.seq)
from requests r
where r.kind = 'EXTENSION' and not exists (
    select from clock_periods p
    where p.dossier = r.dossier and p.kind = 'RUNNING' and p.from_at = r.asked_at and p.due_before < p.due_after)
union all
select format('dossier %s, request %s: put off again without a reason', dossier, seq)
from (select r.*, row_number() over (partition by dossier order by seq) as place from requests r where kind = 'EXTENSION') extension
where place > 1 and override_reason is null
