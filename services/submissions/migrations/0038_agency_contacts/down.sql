alter table agencies drop column phone, drop column address;
