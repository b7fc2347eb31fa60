alter table order_lines drop column legal_basis;
