-- What a centre took in for other agencies, the newest first.
create index dossiers_taken_at on dossiers (taken_at, submitted_at desc, id desc) where taken_at is not null;
