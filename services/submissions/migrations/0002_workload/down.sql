drop trigger dossiers_inserted on dossiers;
drop trigger dossiers_updated on dossiers;
drop trigger dossiers_deleted on dossiers;
drop function count_workload();
drop table workload;
