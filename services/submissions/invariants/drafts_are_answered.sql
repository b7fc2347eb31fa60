-- A draft is a file that its applicant confirms until a moment which is noticed; a dossier at its end waits for no word on one.
select format('dossier %s (%s), draft %s: %s until %s, with %s files', d.id, d.status, r.seq, r.state, r.answer_by, f.files)
from requests r
join dossiers d on d.id = r.dossier
cross join lateral (select count(*) as files from request_files f where f.dossier = r.dossier and f.request = r.seq) f
where r.kind = 'DRAFT'
    and (f.files <> 1 or r.answer_by is null or r.declined and r.answer is null
        or r.state = 'OPEN' and (d.status in ('NOT_RECEIVED', 'WITHDRAWN', 'COMPLETED', 'RETURNED') or not exists (
            select from jobs j
            where j.kind = 'lapse_draft' and j.payload::json ->> 'dossier' = r.dossier::text
                and (j.payload::json ->> 'request')::integer = r.seq)))
