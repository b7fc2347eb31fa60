alter table jobs drop column runs_ended;
alter table jobs drop column failing_since;
