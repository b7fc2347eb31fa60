-- A request for papers names some, no other request does; since the receipt papers are asked for once, and again only for a reason
-- that is kept; one that is open has an end that is noticed.
select format('dossier %s, request %s (%s) names %s papers', r.dossier, r.seq, r.kind, coalesce(p.papers, 0))
from requests r
left join (select dossier, request, count(*) as papers from asked_papers group by dossier, request) p
    on p.dossier = r.dossier and p.request = r.seq
where (r.kind = 'SUPPLEMENT') <> (coalesce(p.papers, 0) > 0)
union all
select format('dossier %s, request %s: papers were asked for again without a reason', dossier, seq)
from (
    select r.*, row_number() over (partition by r.dossier order by r.seq) as place
    from requests r
    join dossiers d on d.id = r.dossier
    where r.kind = 'SUPPLEMENT' and r.asked_at >= d.received_at
) asked
where place > 1 and override_reason is null
union all
select format('dossier %s, request %s: nothing notices when its time is over', r.dossier, r.seq)
from requests r
where r.kind = 'SUPPLEMENT' and r.state = 'OPEN'
    and (r.answer_by is null or not exists (
        select from jobs j
        where j.kind = 'lapse_supplement' and j.payload::json ->> 'dossier' = r.dossier::text
            and (j.payload::json ->> 'request')::integer = r.seq))
