-- Each result is what the audit log says was issued, by whom and with which bytes, and none is gone but those that it says were taken back.
select format('result %s of dossier %s by %s, %s; in the audit log: %s of dossier %s by %s, %s', r.id, r.dossier, r.issued_by,
    encode(r.sha256, 'hex'), a.result, a.dossier, a.actor_id, a.sha256)
from results r
full join (
    select detail ->> 'result' as result, subject_id as dossier, actor_id, detail ->> 'sha256' as sha256
    from audit_log
    where action = 'result.issued' and not exists (
        select from audit_log back
        where back.action = 'result.taken_back' and back.subject_id = audit_log.subject_id
            and back.detail ->> 'result' = audit_log.detail ->> 'result' and back.detail ->> 'sha256' = audit_log.detail ->> 'sha256')
) a on a.result = r.id::text
where (r.dossier::text, r.issued_by, encode(r.sha256, 'hex')) is distinct from (a.dossier, a.actor_id, a.sha256)
