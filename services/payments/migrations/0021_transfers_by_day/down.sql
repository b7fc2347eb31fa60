drop index transfers_by_day;
