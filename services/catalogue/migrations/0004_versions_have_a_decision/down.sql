drop index procedure_versions_by_publication;
alter table procedure_versions drop column decision;
