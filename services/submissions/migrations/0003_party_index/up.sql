-- One index for a party's dossiers, of every status or of one: the status is looked at in the index. Every filing writes into
-- every index, so each one less is worth it.
drop index dossiers_of_party_by_status;
drop index dossiers_of_party;
create index dossiers_of_party on dossiers (party_id, created_at desc, id desc, status);
