drop function audit_digest(timestamptz, uuid, timestamptz, uuid, bytea);
drop table audit_seals;
drop trigger audit_log_is_never_emptied on audit_log;
drop trigger audit_log_only_grows on audit_log;
drop function audit_log_only_grows();
alter table audit_log drop column written_at;
