drop table bank_credits;
