alter table procedures drop column withdrawn_version;
