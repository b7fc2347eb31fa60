-- Each version of a dossier since its filing has its entry in the audit log, and no entry is there without a version.
with audited as (
    select subject_id, count(*) as entries,
        min((detail ->> 'version')::integer) filter (where action = 'dossier.submitted') as filed_as
    from audit_log
    -- A result that was issued before it was written with its version made one.
    where subject_type = 'dossier'
        and (detail ->> 'version' is not null or action = 'result.issued' and not detail ? 'version')
    group by subject_id
)
select format('dossier %s (%s): filed as version %s, now at version %s, with %s entries in the audit log', d.id, d.code, a.filed_as,
    d.version, coalesce(a.entries, 0))
from dossiers d
left join audited a on a.subject_id = d.id::text
where d.status <> 'DRAFT' and a.entries is distinct from d.version - a.filed_as + 1
