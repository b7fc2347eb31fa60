-- Who comes by a code that a procedure had before is led to it.
create index procedure_versions_also_called on procedure_versions using gin (also_called);
