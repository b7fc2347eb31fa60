alter table documents drop column request;
