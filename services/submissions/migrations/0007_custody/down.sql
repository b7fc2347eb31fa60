drop trigger dossiers_taken on dossiers;
drop function keep_custody;
drop table custody;
