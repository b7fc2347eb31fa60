drop index attempts_by_day;
