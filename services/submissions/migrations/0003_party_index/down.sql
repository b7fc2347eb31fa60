drop index dossiers_of_party;
create index dossiers_of_party on dossiers (party_id, created_at desc, id desc);
create index dossiers_of_party_by_status on dossiers (party_id, status, created_at desc, id desc);
