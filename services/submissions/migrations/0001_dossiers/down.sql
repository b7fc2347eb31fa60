drop table code_counters;
drop table results;
drop table documents;
drop table dossier_history;
drop table dossiers;
alter table procedures drop constraint procedures_current_version;
drop table procedure_versions;
drop table procedures;
drop table agencies;
