drop table takings;
drop table shifts;
drop table payers;
drop table agencies;
