create trigger membership_was_taken after update or delete on memberships for each row execute function holder_lost_something();
