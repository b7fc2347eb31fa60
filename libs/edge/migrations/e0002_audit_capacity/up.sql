-- In which capacity the actor acted; null for the system itself, and for rows from before.
alter table audit_log add column actor_capacity text;
