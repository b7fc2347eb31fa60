drop table returns;
