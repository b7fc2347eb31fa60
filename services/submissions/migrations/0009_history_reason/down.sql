alter table dossier_history drop column reason;
