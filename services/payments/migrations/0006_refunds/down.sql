alter table attempts drop column going_back;
drop table refunds;
