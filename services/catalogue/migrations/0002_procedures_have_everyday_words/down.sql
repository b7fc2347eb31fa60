alter table procedure_versions drop column also_called;
