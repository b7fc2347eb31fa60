-- Counts the changes of a refund, so that who decides about it decides about what she saw.
alter table refunds add column version int not null default 1;
