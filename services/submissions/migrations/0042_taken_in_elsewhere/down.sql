drop index dossiers_taken_at;
