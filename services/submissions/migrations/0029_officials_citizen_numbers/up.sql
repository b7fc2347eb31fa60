-- An official's citizen number, as far as accounts knows it: nobody handles a dossier that names her.
alter table officials add column citizen_number text;
