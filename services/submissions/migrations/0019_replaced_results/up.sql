-- A result that was corrected stays, and says by which request it was replaced.
alter table results add column replaced_by integer;
