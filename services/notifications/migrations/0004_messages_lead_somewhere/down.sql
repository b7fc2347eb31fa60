alter table messages drop column read_at;
alter table messages drop column short_of;
alter table messages drop column page;
