drop trigger role_was_taken on official_roles;
