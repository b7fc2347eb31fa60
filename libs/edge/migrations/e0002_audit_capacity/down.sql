alter table audit_log drop column actor_capacity;
