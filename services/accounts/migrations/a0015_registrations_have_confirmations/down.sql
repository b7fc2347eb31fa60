drop trigger registration_has_confirmation on registrations;
drop function registration_has_confirmation;
alter table registrations drop column birth_precision;
