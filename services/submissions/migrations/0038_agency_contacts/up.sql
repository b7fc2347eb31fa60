-- Forms say where the agency is and how it is reached (expand). What accounts told before knows neither: `motcua replay accounts --to submissions`.
alter table agencies add column address text, add column phone text;
