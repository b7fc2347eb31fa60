alter table orders drop column dossier_end;
