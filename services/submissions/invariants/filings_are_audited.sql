-- Each filing stands in the audit log once.
select format('dossier %s (%s): %s filings in the audit log', d.id, d.code, coalesce(a.times, 0))
from dossiers d
left join (
    select subject_id, count(*) as times from audit_log where action = 'dossier.submitted' group by subject_id
) a on a.subject_id = d.id::text
where coalesce(a.times, 0) <> (d.status <> 'DRAFT')::integer
