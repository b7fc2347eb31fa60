-- What was filed stays as it was filed: its answers, the number of its papers, and until it is received the day it is due, unless the
-- calendar of its agency changed. Scans are added to what was handed in. (Filings of the version before did not write that down.)
select format('dossier %s (%s): %s', d.id, d.code, concat_ws(', ',
    case when encode(sha256(convert_to(d.answers, 'UTF8')), 'hex') <> a.detail ->> 'answers' then 'its answers were others' end,
    case when d.channel = 'ONLINE' and not d.helped and coalesce(p.papers, 0) <> (a.detail ->> 'documents')::integer
        then format('it has %s papers and had %s', coalesce(p.papers, 0), a.detail ->> 'documents') end,
    case when d.received_at is null and d.due_at <> (a.detail ->> 'due_at')::timestamptz
        then format('it is due at %s and was due at %s', d.due_at, a.detail ->> 'due_at') end))
from audit_log a
join dossiers d on d.id::text = a.subject_id
left join (select dossier, count(*) as papers from documents group by dossier) p on p.dossier = d.id
where a.action = 'dossier.submitted' and a.detail ? 'answers'
    and (encode(sha256(convert_to(d.answers, 'UTF8')), 'hex') <> a.detail ->> 'answers'
        or (d.channel = 'ONLINE' and not d.helped and coalesce(p.papers, 0) <> (a.detail ->> 'documents')::integer)
        or (d.received_at is null and d.due_at <> (a.detail ->> 'due_at')::timestamptz))
    -- Papers that were asked for afterwards change it.
    and not exists (select from requests r where r.dossier = d.id and r.kind = 'SUPPLEMENT')
    and not exists (select from audit_log r where r.subject_id = a.subject_id and r.action = 'dossier.due_recounted')
