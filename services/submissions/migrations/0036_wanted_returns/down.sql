drop table wanted_returns;
