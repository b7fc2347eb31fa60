-- Whether a period begins because the dossier was taken up again with a time of its own: it does not follow the one before.
alter table clock_periods add column restarted boolean not null default false;
