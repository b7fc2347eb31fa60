create trigger role_was_taken after update or delete on official_roles for each row execute function holder_lost_something();
