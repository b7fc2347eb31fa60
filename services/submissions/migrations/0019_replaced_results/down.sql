drop table replaced_returns;
alter table results drop column replaced_by;
