alter table users drop column birth_precision;
