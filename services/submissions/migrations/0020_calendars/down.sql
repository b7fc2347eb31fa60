alter table clock_periods drop column recounted;
drop table calendars;
