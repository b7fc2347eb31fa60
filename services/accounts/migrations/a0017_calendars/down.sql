drop table calendars;
