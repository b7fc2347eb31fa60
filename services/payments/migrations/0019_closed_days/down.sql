drop table closed_day_figures;
drop table closed_days;
