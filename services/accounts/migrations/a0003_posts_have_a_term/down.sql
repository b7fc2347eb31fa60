alter table official_roles drop column valid_from, drop column valid_until;
