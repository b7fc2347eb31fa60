-- Receipts say where the agency is that collects, and its tax number (expand). What accounts told before knows neither:
-- `motcua replay accounts --to payments`.
alter table agencies add column address text, add column tax_number text;
