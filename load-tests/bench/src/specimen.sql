-- What one filing wrote.
select d.code, s.type, s.payload, m.type, m.payload, a.detail::text
from dossiers d
join outbox s on s.subject = d.id::text and s.type = 'vn.motcua.dossier.submitted.v1'
join outbox m on m.subject = d.id::text and m.type = 'vn.motcua.dossier.moved.v1'
join audit_log a on a.subject_id = d.id::text
where d.id = $1::text::uuid
