drop table asked_papers;
alter table requests drop column override_reason;
