-- The last version of a procedure that is not offered any more (expand). A later one offers it again.
alter table procedures add column withdrawn_version integer;
