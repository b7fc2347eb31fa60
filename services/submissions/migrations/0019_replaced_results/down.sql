alter table results drop column replaced_by;
