alter table clock_periods drop column restarted;
