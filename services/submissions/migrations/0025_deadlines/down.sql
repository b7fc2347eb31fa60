drop trigger dossiers_watched on dossiers;
drop function watch_dossier;
drop table alerts;
drop table watches;
