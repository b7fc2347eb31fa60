alter table dossiers drop column helped, drop column taken_at, drop column channel;
