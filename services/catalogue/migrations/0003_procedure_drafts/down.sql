drop table procedure_drafts;
