-- Each note is what the audit log says was written, by whom and about which dossier, and none is gone.
select format('note %s about %s by %s; in the audit log: %s about %s by %s', n.id, n.dossier, n.author, a.note, a.dossier, a.actor_id)
from notes n
full join (
    select detail ->> 'note' as note, subject_id as dossier, actor_id, detail ->> 'sha256' as sha256
    from audit_log
    where action = 'dossier.noted'
) a on a.note = n.id::text
where (n.dossier::text, n.author, encode(sha256(convert_to(n.text, 'UTF8')), 'hex')) is distinct from (a.dossier, a.actor_id, a.sha256)
