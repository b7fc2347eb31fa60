drop trigger membership_was_taken on memberships;
