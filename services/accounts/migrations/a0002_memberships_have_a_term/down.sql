alter table memberships drop column role, drop column valid_from, drop column valid_until;
