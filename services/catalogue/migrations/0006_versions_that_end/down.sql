drop index procedure_versions_ending;
