-- What one filing wrote.
select d.code, o.type, o.waiting_for, o.payload, a.detail::text
from dossiers d
join outbox o on o.subject = d.id::text
join audit_log a on a.subject_id = d.id::text
where d.id = $1::text::uuid
