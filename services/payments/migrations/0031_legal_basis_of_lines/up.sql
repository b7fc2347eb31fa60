-- A line says what of the law it is charged by, as the dossier's charge does (expand).
alter table order_lines add column legal_basis text;
