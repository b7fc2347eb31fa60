-- What was approved is what was published: word for word, with its decision, and by two people.
select format('the draft %s of %s is version %s, which says something else', d.id, d.procedure, d.published_version)
from procedure_drafts d
left join procedure_versions v on v.procedure = d.procedure and v.version = d.published_version
where d.published_version is not null and (v.content is distinct from d.content or v.decision is distinct from d.decision)
union all
select format('%s of %s was changed, and no entry of the audit log says by whom', id, procedure)
from procedure_drafts d
where state in ('APPROVED', 'PUBLISHED')
    and not exists (
        select from audit_log
        where action = 'procedure_draft.approved' and subject_id = d.id::text and actor_id = d.approver_id)
