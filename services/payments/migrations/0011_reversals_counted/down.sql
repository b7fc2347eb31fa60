drop index orders_of_agency;
drop index orders_of_payer;
alter table orders drop column reversals;
