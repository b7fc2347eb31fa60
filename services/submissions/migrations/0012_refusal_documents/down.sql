alter table results drop column kind;
