drop table phrases;
