-- A dossier that was completed and is worked on again is being corrected, for a reason that is kept; what was issued before a correction
-- is replaced by one of its own, and nothing else is.
select format('dossier %s (%s), completed at %s: %s with %s corrections', d.id, d.code, d.completed_at, d.status, coalesce(r.open, 0))
from dossiers d
left join (
    select dossier, count(*) as open from requests where kind = 'CORRECTION' and state = 'OPEN' and text <> '' group by dossier
) r on r.dossier = d.id
where coalesce(r.open, 0) <> (d.status not in ('COMPLETED', 'RETURNED') and (d.completed_at is not null or exists (
    select from clock_periods p where p.dossier = d.id and p.restarted)))::integer
union all
select format('result %s of dossier %s: issued at %s, replaced by %s', r.id, r.dossier, r.uploaded_at, r.replaced_by)
from results r
left join requests c on c.dossier = r.dossier and c.seq = r.replaced_by and c.kind = 'CORRECTION'
where r.replaced_by is not null and (c.seq is null or c.asked_at < r.uploaded_at)
    or r.replaced_by is null and exists (
        select from requests c where c.dossier = r.dossier and c.kind = 'CORRECTION' and c.asked_at > r.uploaded_at)
union all
select format('dossier %s: handed over %s times, returned %s times', d.id, count(distinct (p.dossier, p.request)) + count(distinct r.dossier),
    count(distinct h.seq))
from dossiers d
left join dossier_history h on h.dossier = d.id and h.to_status = 'RETURNED'
left join returns r on r.dossier = d.id
left join replaced_returns p on p.dossier = d.id
group by d.id
having count(distinct p.request) + count(distinct r.dossier) <> count(distinct h.seq)
