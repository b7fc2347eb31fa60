drop trigger dossiers_timed on dossiers;
drop function keep_clock;
drop table clock_periods;
