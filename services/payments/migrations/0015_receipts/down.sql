drop table receipts;
drop table receipt_numbers;
