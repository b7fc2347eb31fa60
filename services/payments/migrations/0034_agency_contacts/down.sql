alter table agencies drop column tax_number, drop column address;
