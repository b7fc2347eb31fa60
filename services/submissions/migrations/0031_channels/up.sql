-- By which door a dossier came (what was filed before came online), which centre took it in for another agency, and whether an
-- official helped its applicant to file it online.
alter table dossiers
    add column channel text not null default 'ONLINE' constraint dossiers_channel check (channel in ('ONLINE', 'DIRECT', 'POST')),
    add column taken_at text,
    add column helped boolean not null default false,
    add constraint dossiers_helped check (not helped or channel = 'ONLINE');
