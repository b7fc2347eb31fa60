-- Which request a document answers; none for what was handed in with the dossier.
alter table documents add column request integer;
