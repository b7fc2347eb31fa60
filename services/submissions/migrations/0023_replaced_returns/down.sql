drop table replaced_returns;
