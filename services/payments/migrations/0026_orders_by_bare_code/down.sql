drop index orders_of_bare_code;
