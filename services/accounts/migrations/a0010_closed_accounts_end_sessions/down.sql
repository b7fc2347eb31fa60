drop trigger account_was_closed on users;
drop function account_was_closed;
