alter table refunds drop column version;
