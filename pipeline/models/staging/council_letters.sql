-- One row per council and letters that may stand for it in a title, such as wscc for West Sussex County Council. Never evidence alone.
create table if not exists staging.council_letters (
  gss varchar,       -- council, any code
  letters varchar    -- lower case
)
