alter table procedures drop constraint procedures_current_version;
drop table procedure_versions;
drop table procedures;
