-- Who did part of it in the place of who had the dossier: she acted there, too, where the process wants somebody else later (expand).
alter table custody add column deputies uuid[] not null default '{}';
