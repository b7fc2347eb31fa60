-- What people call a procedure, taken out of the content; the version before publishes without it, and so do versions from before.
alter table procedure_versions add column also_called text[] not null default '{}';
