alter table procedure_versions drop column levels, drop column life_events;
