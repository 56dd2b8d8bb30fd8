-- One row of a reference table (population, deflator) in each file that was read for it; the newest file makes the table.
create table if not exists staging.reference_rows (
  reference_id varchar,     -- file name under pipeline/references
  raw_sha256 varchar,       -- SHA-256 of the archived bytes
  position integer,         -- order within the table, from 1
  cells varchar             -- the row as JSON, by column name
)
